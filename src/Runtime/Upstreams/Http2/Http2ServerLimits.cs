using Confgen.Runtime.Http2Frames;

namespace Confgen.Runtime.Upstreams.Http2;

/// <summary>What the server allows by its settings (RFC 9113, section 6.5.2). Whoever uses it holds the connection's lock.</summary>
internal sealed class Http2ServerLimits(SendWindows windows)
{
    // Until the server's settings say otherwise (RFC 9113, section 6.5.2, recommends no fewer).
    private const int UsualStreams = 100;

    // A larger frame costs more memory, and saves nothing.
    private const int LargestUsed = 1 << 20;

    /// <summary>How many streams may be open at a time.</summary>
    public int MostStreams { get; private set; } = UsualStreams;

    /// <summary>The largest payload of a frame.</summary>
    public int LargestPayload { get; private set; } = FrameHead.MaxPayload;

    /// <summary>Takes over the settings of a frame. 0, or the error code for which the connection ends.</summary>
    public int Apply(ReadOnlySpan<byte> payload, IReadOnlyCollection<Http2UpstreamExchange> streams)
    {
        while (!payload.IsEmpty)
        {
            int code = SettingsFrame.Take(ref payload, out Setting id, out uint value);
            if (code != 0)
            {
                return code;
            }

            switch (id)
            {
                case Setting.MaxConcurrentStreams:
                    MostStreams = (int)Math.Min(value, int.MaxValue);
                    break;
                case Setting.MaxFrameSize:
                    LargestPayload = (int)Math.Min(value, LargestUsed);
                    break;
                case Setting.InitialWindowSize when !windows.TrySetInitial((int)value, streams):
                    return ErrorCodes.FlowControlError;
                default:
                    break;
            }
        }

        return 0;
    }
}

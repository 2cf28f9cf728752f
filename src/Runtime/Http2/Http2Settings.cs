using Confgen.Runtime.Http2Frames;

namespace Confgen.Runtime.Http2;

/// <summary>The settings of a connection with a client (RFC 9113, section 6.5).</summary>
internal static class Http2Settings
{
    /// <summary>How many streams a client may have open; 100, as RFC 9113, section 6.5.2, recommends at least.</summary>
    public const int MaxStreams = 100;

    /// <summary>Sends this side's.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="headLimit">The size of a head that is taken by every site of the listener.</param>
    public static void Send(Http2Output output, uint headLimit)
    {
        // The last one: WebSocket by CONNECT (RFC 8441, section 3).
        output.Control.WriteSettings(
            (Setting.MaxConcurrentStreams, (uint)MaxStreams),
            (Setting.MaxHeaderListSize, headLimit),
            (Setting.EnableConnectProtocol, 1u)
        );
    }

    /// <summary>Takes over the client's. 0, or the error code for which the connection ends.</summary>
    /// <param name="payload">The payload of its SETTINGS frame.</param>
    /// <param name="output">What follows them.</param>
    public static int Apply(ReadOnlySpan<byte> payload, Http2Output output)
    {
        while (!payload.IsEmpty)
        {
            int code = SettingsFrame.Take(ref payload, out Setting id, out uint value);
            if (code == 0 && id == Setting.InitialWindowSize && !output.TrySetInitialWindow((int)value))
            {
                code = ErrorCodes.FlowControlError;
            }

            if (code != 0)
            {
                return code;
            }
        }

        return 0;
    }
}

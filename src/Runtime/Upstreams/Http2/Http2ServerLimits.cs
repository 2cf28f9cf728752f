namespace Confgen.Runtime.Upstreams.Http2;

/// <summary>What the server allows: its settings, and how much DATA it takes. Whoever uses it holds the connection's lock.</summary>
internal sealed class Http2ServerLimits
{
    // Until the server's settings say otherwise (RFC 9113, section 6.5.2, recommends no fewer).
    private const int UsualStreams = 100;

    // A larger frame costs more memory, and saves nothing.
    private const int LargestUsed = 1 << 20;

    private long _window = Http2Frames.InitialWindow;
    private int _streamWindow = Http2Frames.InitialWindow;

    /// <summary>How many streams may be open at a time.</summary>
    public int MostStreams { get; private set; } = UsualStreams;

    /// <summary>The largest payload of a frame.</summary>
    public int LargestPayload { get; private set; } = Http2Frames.LargestPayload;

    /// <summary>Begins a stream.</summary>
    public void Open(Http2UpstreamExchange exchange) => exchange.SendWindow = _streamWindow;

    /// <summary>How many of some bytes of a body may go out now in one frame; less than 1 for none.</summary>
    public int Allowed(Http2UpstreamExchange exchange, int length) =>
        (int)Math.Min(Math.Min(length, LargestPayload), Math.Min(_window, exchange.SendWindow));

    /// <summary>So many bytes of a body go out.</summary>
    public void Use(Http2UpstreamExchange exchange, int length) =>
        (_window, exchange.SendWindow) = (_window - length, exchange.SendWindow - length);

    /// <summary>The server takes so much more of the connection; false where that is more than a window can hold.</summary>
    public bool Widen(int length) => (_window += length) <= int.MaxValue;

    /// <summary>The server takes so much more of a stream; false where that is more than a window can hold.</summary>
    public static bool Widen(Http2UpstreamExchange exchange, int length) => (exchange.SendWindow += length) <= int.MaxValue;

    /// <summary>Follows a setting of the server; false where its value is not allowed.</summary>
    public bool Apply(int setting, uint value, IReadOnlyCollection<Http2UpstreamExchange> streams)
    {
        switch (setting)
        {
            case Http2Frames.MaxConcurrentStreams:
                MostStreams = (int)Math.Min(value, int.MaxValue);
                return true;
            case Http2Frames.MaxFrameSize:
                LargestPayload = (int)Math.Min(value, LargestUsed);
                return value is >= Http2Frames.LargestPayload and < 1 << 24;
            case Http2Frames.InitialWindowSize when value > int.MaxValue:
                return false;
            case Http2Frames.InitialWindowSize:
                foreach (Http2UpstreamExchange exchange in streams)
                {
                    exchange.SendWindow += (int)value - _streamWindow;
                    exchange.Widened();
                }

                _streamWindow = (int)value;
                return true;
            default:
                return true;
        }
    }
}

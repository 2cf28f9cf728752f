namespace Confgen.Runtime.Http3;

/// <summary>The codes that say why a stream or a connection ends (RFC 9114, section 8.1; RFC 9204, section 6).</summary>
internal static class ErrorCodes
{
    /// <summary>Nothing is wrong.</summary>
    public const long NoError = 0x100;

    /// <summary>A fault of this side.</summary>
    public const long InternalError = 0x102;

    /// <summary>A stream that must not be there.</summary>
    public const long StreamCreationError = 0x103;

    /// <summary>A stream ended without which there is no connection.</summary>
    public const long ClosedCriticalStream = 0x104;

    /// <summary>A frame in a place where it must not stand.</summary>
    public const long FrameUnexpected = 0x105;

    /// <summary>A frame whose content is not what its type has.</summary>
    public const long FrameError = 0x106;

    /// <summary>The client does too much of what costs it nothing.</summary>
    public const long ExcessiveLoad = 0x107;

    /// <summary>A number that is out of range.</summary>
    public const long IdError = 0x108;

    /// <summary>Settings that contradict each other, or are reserved.</summary>
    public const long SettingsError = 0x109;

    /// <summary>The control stream doesn't begin with its settings.</summary>
    public const long MissingSettings = 0x10a;

    /// <summary>Nothing was done about the request, so that it may be sent again.</summary>
    public const long RequestRejected = 0x10b;

    /// <summary>The request is over before its response.</summary>
    public const long RequestCancelled = 0x10c;

    /// <summary>The stream ended before its request was whole.</summary>
    public const long RequestIncomplete = 0x10d;

    /// <summary>A malformed request.</summary>
    public const long MessageError = 0x10e;

    /// <summary>A field section that can't be decoded.</summary>
    public const long DecompressionFailed = 0x200;

    /// <summary>An instruction of the client's encoder that is none.</summary>
    public const long EncoderStreamError = 0x201;

    /// <summary>An instruction of the client's decoder that is none.</summary>
    public const long DecoderStreamError = 0x202;
}

namespace Confgen.Runtime.Http2Frames;

/// <summary>The codes that say why a stream or a connection ends (RFC 9113, section 7).</summary>
internal static class ErrorCodes
{
    public const int NoError = 0;
    public const int ProtocolError = 1;
    public const int InternalError = 2;
    public const int FlowControlError = 3;
    public const int SettingsTimeout = 4;
    public const int StreamClosed = 5;
    public const int FrameSizeError = 6;
    public const int RefusedStream = 7;
    public const int Cancel = 8;
    public const int CompressionError = 9;
    public const int EnhanceYourCalm = 11;
}

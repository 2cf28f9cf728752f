namespace Confgen.Runtime.Http2Frames;

/// <summary>The flags of frames (RFC 9113, section 6).</summary>
internal static class FrameFlags
{
    public const byte None = 0;
    public const byte Ack = 1;
    public const byte EndStream = 1;
    public const byte EndHeaders = 4;
    public const byte Padded = 8;
    public const byte Priority = 0x20;
}

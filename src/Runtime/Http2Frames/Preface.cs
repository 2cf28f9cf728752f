namespace Confgen.Runtime.Http2Frames;

/// <summary>What a client begins a connection with, before its SETTINGS (RFC 9113, section 3.4).</summary>
internal static class Preface
{
    public static ReadOnlySpan<byte> Bytes => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8;
}

using System.Text;

namespace Confgen.Runtime.Messages;

/// <summary>A request's head, whatever protocol it came by. An instance is used again for each request of a connection.</summary>
internal sealed class Request
{
    /// <summary>The method, with its case.</summary>
    public string Method { get; set; } = "";

    /// <summary>The raw target in origin form, a character for each byte (Latin-1).</summary>
    public string Target { get; set; } = "";

    /// <summary>The host with its port as the client sent it; empty where an HTTP/1.0 client sent none.</summary>
    public string Authority { get; set; } = "";

    /// <summary>Whether it came by HTTP/1.0.</summary>
    public bool IsHttp10 { get; set; }

    /// <summary>The protocol as logs show it.</summary>
    public string Protocol { get; set; } = "HTTP/1.1";

    /// <summary>The fields. Host is the client's own and doesn't count where it differs from <see cref="Authority"/>.</summary>
    public required FieldList Fields { get; init; }

    /// <summary>The bytes of the head.</summary>
    public int HeadLength { get; set; }

    /// <summary>How its body ends.</summary>
    public BodyFraming Framing { get; set; }

    /// <summary>The length of a counted body.</summary>
    public long Length { get; set; }

    /// <summary>Whether the client waits for 100 (Continue) before it sends the body.</summary>
    public bool ExpectsContinue { get; set; }

    /// <summary>Whether the client asks to go over to WebSocket, correctly (RFC 6455, section 4.1), and to nothing else.</summary>
    public bool IsWebSocket { get; set; }

    /// <summary>Whether the client takes trailers (RFC 9110, section 10.1.4).</summary>
    public bool TakesTrailers { get; set; }

    /// <summary>Whether the method is HEAD.</summary>
    public bool IsHead => Method == "HEAD";

    /// <summary>Whether a second sending does no more than the first (RFC 9110, section 9.2.2).</summary>
    public bool IsIdempotent => Method is "GET" or "HEAD" or "OPTIONS" or "PUT" or "DELETE" or "TRACE";

    /// <summary>The raw path: the target up to its query.</summary>
    public ReadOnlySpan<char> Path => Target.AsSpan() is var t && t.IndexOf('?') is >= 0 and var q ? t[..q] : t;

    /// <summary>The method of these bytes, without a new string for the usual ones.</summary>
    public static string MethodOf(ReadOnlySpan<byte> bytes) =>
        bytes.SequenceEqual("GET"u8) ? "GET"
        : bytes.SequenceEqual("POST"u8) ? "POST"
        : bytes.SequenceEqual("HEAD"u8) ? "HEAD"
        : bytes.SequenceEqual("PUT"u8) ? "PUT"
        : bytes.SequenceEqual("DELETE"u8) ? "DELETE"
        : bytes.SequenceEqual("OPTIONS"u8) ? "OPTIONS"
        : bytes.SequenceEqual("PATCH"u8) ? "PATCH"
        : Encoding.Latin1.GetString(bytes);
}

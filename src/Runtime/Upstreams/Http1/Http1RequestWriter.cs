using Confgen.Runtime.Messages;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Upstreams.Http1;

/// <summary>Writes requests of HTTP/1.1 (RFC 9112). Texts have a character for each byte.</summary>
internal static class Http1RequestWriter
{
    /// <summary>Writes the request line and Host.</summary>
    public static void WriteBegin(OutputBuffer output, string method, string target, string host)
    {
        output.WriteLatin1(method);
        output.Write(" "u8);
        output.WriteLatin1(target);
        output.Write(" HTTP/1.1\r\nHost: "u8);
        output.WriteLatin1(host);
        output.Write("\r\n"u8);
    }

    /// <summary>Writes what frames the message, and the end of the head.</summary>
    public static void WriteEnd(OutputBuffer output, in RequestFraming framing)
    {
        if (framing.Upgrades)
        {
            output.Write("Connection: Upgrade\r\nUpgrade: websocket\r\n"u8);
        }
        else if (framing.IsLast)
        {
            output.Write("Connection: close\r\n"u8);
        }

        if (framing.Body == BodyFraming.Chunked)
        {
            output.Write("Transfer-Encoding: chunked\r\n"u8);
        }
        else if (framing.Length is { } length)
        {
            output.Write("Content-Length: "u8);
            output.Write(length);
            output.Write("\r\n"u8);
        }

        output.Write(framing.ExpectsContinue ? "Expect: 100-continue\r\n\r\n"u8 : "\r\n"u8);
    }

    /// <summary>Writes a chunk.</summary>
    public static void WriteChunk(OutputBuffer output, ReadOnlySpan<byte> piece)
    {
        output.WriteChunkSize(piece.Length);
        output.Write(piece);
        output.Write("\r\n"u8);
    }

    /// <summary>Writes the last chunk, and trailers.</summary>
    public static void WriteLastChunk(OutputBuffer output, FieldList? trailers)
    {
        output.Write("0\r\n"u8);
        for (int i = 0; i < trailers?.Count; i++)
        {
            output.WriteField(trailers.Name(i), trailers.Value(i));
        }

        output.Write("\r\n"u8);
    }
}

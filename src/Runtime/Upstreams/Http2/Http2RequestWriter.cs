using System.Globalization;
using Confgen.Runtime.Hpack;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Upstreams.Http2;

/// <summary>Writes the header blocks of requests of HTTP/2, without the dynamic table. Texts have a character for each byte.</summary>
internal static class Http2RequestWriter
{
    // Places in HPACK's static table (RFC 7541, appendix A).
    private const int Authority = 1,
        Get = 2,
        Post = 3,
        Path = 4,
        Http = 6,
        Https = 7;

    /// <summary>Writes the pseudo-fields.</summary>
    public static void WriteBegin(OutputBuffer block, string method, string scheme, string host, string target)
    {
        if (method is "GET" or "POST")
        {
            HpackWriter.WriteIndexed(block, method == "GET" ? Get : Post);
        }
        else
        {
            HpackWriter.WriteNamed(block, Get, method);
        }

        HpackWriter.WriteIndexed(block, scheme == "http" ? Http : Https);
        HpackWriter.WriteNamed(block, Authority, host);
        HpackWriter.WriteNamed(block, Path, target);
    }

    /// <summary>Writes what is said of the body and of trailers.</summary>
    public static void WriteEnd(OutputBuffer block, in RequestFraming framing)
    {
        if (framing.Body != BodyFraming.Chunked && framing.Length is { } length)
        {
            HpackWriter.Write(block, "content-length"u8, length.ToString(CultureInfo.InvariantCulture));
        }

        if (framing.ExpectsContinue)
        {
            HpackWriter.Write(block, "expect"u8, "100-continue");
        }

        if (framing.TakesTrailers)
        {
            HpackWriter.Write(block, "te"u8, "trailers");
        }
    }

    /// <summary>Writes trailers.</summary>
    public static void WriteTrailers(OutputBuffer block, FieldList trailers)
    {
        for (int i = 0; i < trailers.Count; i++)
        {
            HpackWriter.Write(block, trailers.Name(i), trailers.Value(i));
        }
    }
}

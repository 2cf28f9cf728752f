using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Confgen.Runtime.Messages;

/// <summary>
/// The rules of a request's head in HTTP/2 and HTTP/3, which have it in fields instead of lines: whatever would mean something else once it
/// stands in lines again is refused. First the line, then each field, then the whole.
/// </summary>
internal static class StreamHead
{
    /// <summary>Takes over what stands in the first line of HTTP/1.1. 0, or the status of the refusal.</summary>
    /// <param name="request">The request.</param>
    /// <param name="method">The method; of a WebSocket the one that it was asked for with, CONNECT.</param>
    /// <param name="target">The path with its query.</param>
    /// <param name="authority">The host with its port.</param>
    /// <param name="isWebSocket">Whether a CONNECT asks for what Upgrade asks for in HTTP/1.1 (RFC 8441, RFC 9220).</param>
    public static int ReadLine(Request request, string method, string target, string authority, bool isWebSocket)
    {
        request.Method = isWebSocket ? "GET" : method;
        request.Target = target;
        request.HeadLength = target.Length + method.Length;
        request.Authority = authority;
        request.IsWebSocket = isWebSocket;
        if (method == "TRACE")
        {
            return 405;
        }

        return
            request.Method == "CONNECT"
            || !MessageHead.IsToken(Encoding.Latin1.GetBytes(method))
            || !RequestTarget.IsOrigin(target)
            || !Authority.TrySplit(authority, out _, out _)
            ? 400
            : 0;
    }

    /// <summary>
    /// Whether a field may stand in a head or in trailers: neither protocol has one that concerns the connection, but for a TE of nothing
    /// else than trailers (RFC 9113, section 8.2.2; RFC 9114, section 4.2). Blanks around a value, which the lines of HTTP/1.1 don't count
    /// to it, would hide it from rules that the server's reading of it is under; they are malformed (RFC 9113, section 8.2.1; RFC 9114,
    /// section 10.3).
    /// </summary>
    public static bool IsField(ReadOnlySpan<byte> name, FieldKind kind, ReadOnlySpan<byte> value) =>
        MessageHead.IsToken(name)
        && MessageHead.IsValue(value)
        && value is not ([(byte)' ' or (byte)'\t', ..] or [.., (byte)' ' or (byte)'\t'])
        && (
            !FieldKinds.IsHopByHop(kind)
            || kind == FieldKind.LookAlike
            || (kind == FieldKind.Te && Ascii.EqualsIgnoreCase(value, "trailers"u8))
        );

    /// <summary>Whether a field of that kind is written to a client: the length is added by the sender, who knows it better.</summary>
    public static bool IsWritten(FieldKind kind) => !FieldKinds.IsHopByHop(kind) && kind != FieldKind.ContentLength;

    /// <summary>Makes of the fields what the pipeline expects. 0, or the status of the refusal.</summary>
    /// <param name="request">The request, its fields included.</param>
    /// <param name="framing">How its body ends. What follows the head of a WebSocket is none.</param>
    /// <param name="length">The length of a counted body.</param>
    public static int Complete(Request request, BodyFraming framing, long length)
    {
        request.TakesTrailers = FieldTokens.Has(request.Fields, FieldKind.Te, "trailers"u8);
        request.Fields.Remove(FieldKind.Te);
        JoinCookies(request.Fields);
        if (request.IsWebSocket)
        {
            // There is no such key here; the server is sent one as by any client of its own (RFC 6455, section 4.1).
            request.Fields.Remove(WebSocketKey.Name);
            request.Fields.Add(WebSocketKey.Name, Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(16))));
            request.Fields.Remove(FieldKind.ContentLength);

            // What the request says in HTTP/1.1, for the conditions of routes; as there it goes no further.
            request.Fields.Add("connection"u8, "Upgrade"u8);
            request.Fields.Add("upgrade"u8, "websocket"u8);
            request.Framing = BodyFraming.None;
            return 0;
        }

        (request.Framing, request.Length) = (framing, length);
        int expect = request.Fields.IndexOf(FieldKind.Expect);
        if (expect >= 0 && !Ascii.EqualsIgnoreCase(request.Fields.Value(expect), "100-continue"u8))
        {
            return 417;
        }

        request.ExpectsContinue = expect >= 0 && request.Framing != BodyFraming.None;
        return 0;
    }

    // A client may split its cookies; before HTTP/1.1 they are one line again (RFC 9113, section 8.2.3; RFC 9114, section 4.2.1).
    private static void JoinCookies(FieldList fields)
    {
        int first = fields.IndexOf(FieldKind.Cookie);
        if (first < 0 || fields.IndexOf(FieldKind.Cookie, first + 1) < 0)
        {
            return;
        }

        var all = new StringBuilder();
        for (int i = first; i >= 0; i = fields.IndexOf(FieldKind.Cookie, i + 1))
        {
            all.Append(CultureInfo.InvariantCulture, $"{(all.Length == 0 ? "" : "; ")}{fields.ValueText(i)}");
        }

        fields.Remove(FieldKind.Cookie);
        fields.Add("cookie"u8, Encoding.Latin1.GetBytes(all.ToString()));
    }
}

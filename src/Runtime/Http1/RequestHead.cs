using System.Text;
using Confgen.Runtime.Messages;

namespace Confgen.Runtime.Http1;

/// <summary>Makes a request of a head of HTTP/1.x, or says with which status it is refused.</summary>
internal static class RequestHead
{
    // Real ones have three at most. Each is looked for among the fields: 14,000 fit into a head, and cost as much as 100 other requests.
    private const int MostOptions = 64;

    /// <summary>
    /// Takes the first line into the request. 0, or the status of the refusal: it needs no further line, which one without a version
    /// (HTTP/0.9) doesn't have.
    /// </summary>
    public static int ReadLine(MessageHead head, Request request) => ReadLine(head, request, out _);

    /// <summary>Takes the head into the request. 0, or the status of the refusal.</summary>
    public static int Read(MessageHead head, Request request)
    {
        int refusal = ReadLine(head, request, out ReadOnlySpan<byte> authority);
        return refusal != 0 ? refusal : ReadFields(head, request, authority);
    }

    /// <summary>Whether the client wants the connection to go on.</summary>
    public static bool KeepsAlive(Request request) =>
        !request.IsHttp10 && !FieldTokens.Has(request.Fields, FieldKind.Connection, "close"u8);

    private static int ReadLine(MessageHead head, Request request, out ReadOnlySpan<byte> authority)
    {
        // 1. The first line: method SP target SP version, and no other blank.
        authority = default;
        ReadOnlySpan<byte> line = head.FirstLine;
        int first = line.IndexOf((byte)' ');
        int last = line.LastIndexOf((byte)' ');
        if (first <= 0 || last == first || !MessageHead.IsToken(line[..first]))
        {
            return 400;
        }

        ReadOnlySpan<byte> version = line[(last + 1)..];
        bool isHttp10 = version.SequenceEqual("HTTP/1.0"u8);
        if (!isHttp10 && !version.SequenceEqual("HTTP/1.1"u8))
        {
            return
                version
                    is [
                        (byte)'H',
                        (byte)'T',
                        (byte)'T',
                        (byte)'P',
                        (byte)'/',
                        >= (byte)'0'
                        and <= (byte)'9',
                        (byte)'.',
                        >= (byte)'0'
                        and <= (byte)'9',
                    ]
                ? 505
                : 400;
        }

        request.Method = Request.MethodOf(line[..first]);
        request.HeadLength = head.Length;
        request.IsHttp10 = isHttp10;
        request.Protocol = isHttp10 ? "HTTP/1.0" : "HTTP/1.1";
        if (request.Method == "CONNECT")
        {
            return 400;
        }

        // 2. The target: a path, or the absolute form, whose host then wins (RFC 9112, section 3.2.2).
        ReadOnlySpan<byte> target = line[(first + 1)..last];
        if (target.IsEmpty || target.IndexOfAnyInRange((byte)0, (byte)' ') >= 0 || target.IndexOfAny((byte)127, (byte)'#') >= 0)
        {
            return 400;
        }

        if (target[0] != '/')
        {
            int scheme = SchemeLength(target);
            int end = target[scheme..].IndexOfAny((byte)'/', (byte)'?');
            authority = end < 0 ? target[scheme..] : target.Slice(scheme, end);
            target = end < 0 ? default : target[(scheme + end)..];
            if (scheme == 0 || authority.IsEmpty)
            {
                return 400;
            }
        }

        request.Target =
            target.IsEmpty ? "/"
            : target[0] == '?' ? "/" + Encoding.Latin1.GetString(target)
            : Encoding.Latin1.GetString(target);
        return 0;
    }

    private static int ReadFields(MessageHead head, Request request, ReadOnlySpan<byte> authority)
    {
        bool isHttp10 = request.IsHttp10;

        // 3. The host: one, which an absolute target may have in place of the field before HTTP/1.1.
        FieldList fields = head.Fields;
        int host = fields.IndexOf(FieldKind.Host);
        if (host < 0 ? !isHttp10 || authority.IsEmpty : fields.IndexOf(FieldKind.Host, host + 1) >= 0)
        {
            return 400;
        }

        string sent = host < 0 ? "" : HostText(fields.Value(host), request.Authority);
        request.Authority = authority.IsEmpty ? sent : Encoding.Latin1.GetString(authority);
        if (
            (host >= 0 && !Messages.Authority.TrySplit(sent, out _, out _))
            || (!authority.IsEmpty && !Messages.Authority.TrySplit(request.Authority, out _, out _))
        )
        {
            return 400;
        }

        // 4. Where the body ends, and what the client expects.
        if (!Messages.Framing.TryOfRequest(fields, isHttp10, out BodyFraming framing, out long length))
        {
            return 400;
        }

        (request.Framing, request.Length) = (framing, length);
        request.ExpectsContinue = false;
        if (fields.IndexOf(FieldKind.Expect) is >= 0 and var expect && !isHttp10)
        {
            if (!Ascii.EqualsIgnoreCase(fields.Value(expect), "100-continue"u8))
            {
                return 417;
            }

            request.ExpectsContinue = framing != BodyFraming.None;
        }

        // 5. What the connection is to be; a list of thousands would cost more than all the rest.
        if (FieldTokens.Count(fields, FieldKind.Connection) > MostOptions)
        {
            return 400;
        }

        request.TakesTrailers = FieldTokens.Has(fields, FieldKind.Te, "trailers"u8);
        request.IsWebSocket = IsWebSocket(request, fields);
        return request.Method == "TRACE" ? 405 : 0;
    }

    private static bool IsWebSocket(Request request, FieldList fields) =>
        fields.IndexOf(FieldKind.Upgrade) is >= 0 and var upgrade
        && fields.IndexOf(FieldKind.Upgrade, upgrade + 1) < 0
        && Ascii.EqualsIgnoreCase(fields.Value(upgrade), "websocket"u8)
        && !request.IsHttp10
        && request.Method == "GET"
        && request.Framing == BodyFraming.None
        && FieldTokens.Has(fields, FieldKind.Connection, "upgrade"u8);

    // The next request of a connection nearly always names the same host.
    private static string HostText(ReadOnlySpan<byte> value, string previous)
    {
        if (value.Length == previous.Length)
        {
            int same = 0;
            while (same < value.Length && value[same] == previous[same])
            {
                same++;
            }

            if (same == value.Length)
            {
                return previous;
            }
        }

        return Encoding.Latin1.GetString(value);
    }

    private static int SchemeLength(ReadOnlySpan<byte> target) =>
        target.Length > 7 && Ascii.EqualsIgnoreCase(target[..7], "http://"u8) ? 7
        : target.Length > 8 && Ascii.EqualsIgnoreCase(target[..8], "https://"u8) ? 8
        : 0;
}

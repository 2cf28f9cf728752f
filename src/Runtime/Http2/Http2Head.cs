using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Confgen.Runtime.Messages;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Confgen.Runtime.Http2;

/// <summary>Makes a request of a stream's head, or says with which status it is refused.</summary>
internal static class Http2Head
{
    /// <summary>Takes the head into the request. 0, or the status of the refusal.</summary>
    public static int Read(IFeatureCollection features, Request request)
    {
        IHttpRequestFeature head = features.GetRequiredFeature<IHttpRequestFeature>();

        // 1. What stands in the first line of HTTP/1.1. A CONNECT with `:protocol` asks for what Upgrade asks for there (RFC 8441).
        bool isWebSocket = features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true, Protocol: "websocket" };
        request.Method = isWebSocket ? "GET" : head.Method;
        request.Protocol = "HTTP/2.0";
        request.Target = head.RawTarget;
        request.HeadLength = head.RawTarget.Length + head.Method.Length;
        request.Authority = head.Headers.Host.ToString();
        if (head.Method == "TRACE")
        {
            return 405;
        }

        if (request.Method == "CONNECT" || !MessageHead.IsToken(Encoding.Latin1.GetBytes(head.Method)) || !RequestTarget.IsOrigin(head.RawTarget)
            || !Authority.TrySplit(request.Authority, out _, out _))
        {
            return 400;
        }

        // 2. The fields.
        if (!TryAddFields(head, request))
        {
            return 400;
        }

        request.TakesTrailers = FieldTokens.Has(request.Fields, FieldKind.Te, "trailers"u8);
        request.Fields.Remove(FieldKind.Te);
        JoinCookies(request.Fields);

        // 3. The body. What follows the head of a CONNECT is none.
        request.IsWebSocket = isWebSocket;
        if (isWebSocket)
        {
            // HTTP/2 has no such key; the server is sent one as by any client of its own (RFC 6455, section 4.1).
            request.Fields.Remove(WebSocketKey.Name);
            request.Fields.Add(WebSocketKey.Name, Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(16))));
            request.Fields.Remove(FieldKind.ContentLength);
            request.Framing = BodyFraming.None;
            return 0;
        }

        bool hasBody = features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? false;
        request.Framing = !hasBody ? BodyFraming.None : head.Headers.ContentLength is not null ? BodyFraming.Counted : BodyFraming.Chunked;
        request.Length = head.Headers.ContentLength ?? 0;
        return ReadExpectation(request);
    }

    private static bool TryAddFields(IHttpRequestFeature head, Request request)
    {
        foreach ((string name, StringValues values) in head.Headers)
        {
            if (name.StartsWith(':'))
            {
                continue;
            }

            foreach (string? value in values)
            {
                byte[] bytes = Encoding.Latin1.GetBytes(value ?? "");
                byte[] nameBytes = Encoding.Latin1.GetBytes(name.ToLowerInvariant());
                FieldKind kind = FieldKinds.Of(nameBytes);

                // HTTP/2 has no field that concerns the connection (RFC 9113, section 8.2.2).
                if (!MessageHead.IsToken(nameBytes) || !MessageHead.IsValue(bytes) || (FieldKinds.IsHopByHop(kind) && kind != FieldKind.Te))
                {
                    return false;
                }

                request.HeadLength += nameBytes.Length + bytes.Length + 4;
                request.Fields.Add(nameBytes, bytes);
            }
        }

        return true;
    }

    private static int ReadExpectation(Request request)
    {
        int expect = request.Fields.IndexOf(FieldKind.Expect);
        if (expect >= 0 && !Ascii.EqualsIgnoreCase(request.Fields.Value(expect), "100-continue"u8))
        {
            return 417;
        }

        request.ExpectsContinue = expect >= 0 && request.Framing != BodyFraming.None;
        return 0;
    }

    // HTTP/2 lets a client split its cookies; before HTTP/1.1 they are one line again (RFC 9113, section 8.2.3).
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

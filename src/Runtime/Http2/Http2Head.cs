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

        // 1. What stands in the first line of HTTP/1.1.
        request.Protocol = "HTTP/2.0";
        bool isWebSocket = features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true, Protocol: "websocket" };
        int refusal = StreamHead.ReadLine(request, head.Method, head.RawTarget, head.Headers.Host.ToString(), isWebSocket);
        if (refusal != 0)
        {
            return refusal;
        }

        // 2. The fields.
        if (!TryAddFields(head, request))
        {
            return 400;
        }

        // 3. The body.
        bool hasBody = features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? false;
        BodyFraming framing = !hasBody ? BodyFraming.None : head.Headers.ContentLength is not null ? BodyFraming.Counted : BodyFraming.Chunked;
        return StreamHead.Complete(request, framing, head.Headers.ContentLength ?? 0);
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
                if (!StreamHead.IsField(nameBytes, FieldKinds.Of(nameBytes), bytes))
                {
                    return false;
                }

                request.HeadLength += nameBytes.Length + bytes.Length + MessageHead.LineOverhead;
                request.Fields.Add(nameBytes, bytes);
            }
        }

        return true;
    }
}

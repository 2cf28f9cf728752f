using Confgen.Runtime.Messages;

namespace Confgen.Runtime.Forwarding;

/// <summary>
/// What may stand behind a body (RFC 9110, section 6.5.1): nothing that frames, routes, authenticates or controls the message.
/// </summary>
internal static class Trailers
{
    /// <summary>Removes what may not.</summary>
    public static FieldList Filter(FieldList trailers)
    {
        for (int i = trailers.Count - 1; i >= 0; i--)
        {
            FieldKind kind = trailers[i].Kind;
            if (
                FieldKinds.IsHopByHop(kind)
                || kind
                    is FieldKind.Host
                        or FieldKind.ContentLength
                        or FieldKind.Expect
                        or FieldKind.Trailer
                        or FieldKind.XForwardedFor
                        or FieldKind.XForwardedProto
                        or FieldKind.XForwardedHost
                        or FieldKind.XRealIp
                        or FieldKind.Forwarded
                        or FieldKind.Proxy
                        or FieldKind.Authorization
                        or FieldKind.Cookie
                        or FieldKind.CacheControl
                        or FieldKind.Vary
                        or FieldKind.ContentType
                        or FieldKind.ContentEncoding
            )
            {
                trailers.RemoveAt(i);
            }
        }

        return trailers;
    }
}

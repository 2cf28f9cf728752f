using System.Text;

namespace Confgen.Runtime.Messages;

/// <summary>Recognises the field names that the proxy acts on.</summary>
internal static class FieldKinds
{
    /// <summary>The kind of a name, compared without case (RFC 9110, section 5.1).</summary>
    public static FieldKind Of(ReadOnlySpan<byte> name) =>
        OfExact(name) is not FieldKind.Other and var kind ? kind
        : name.Contains((byte)'_') && IsLookAlike(name) ? FieldKind.LookAlike
        : FieldKind.Other;

    private static FieldKind OfExact(ReadOnlySpan<byte> name) =>
        name.Length switch
        {
            2 => Is(name, "te"u8) ? FieldKind.Te : FieldKind.Other,
            4 => Is(name, "host"u8) ? FieldKind.Host
            : Is(name, "date"u8) ? FieldKind.Date
            : Is(name, "vary"u8) ? FieldKind.Vary
            : Is(name, "etag"u8) ? FieldKind.ETag
            : FieldKind.Other,
            5 => Is(name, "proxy"u8) ? FieldKind.Proxy : FieldKind.Other,
            6 => Is(name, "cookie"u8) ? FieldKind.Cookie
            : Is(name, "expect"u8) ? FieldKind.Expect
            : Is(name, "origin"u8) ? FieldKind.Origin
            : Is(name, "server"u8) ? FieldKind.Server
            : FieldKind.Other,
            7 => Is(name, "upgrade"u8) ? FieldKind.Upgrade
            : Is(name, "trailer"u8) ? FieldKind.Trailer
            : FieldKind.Other,
            9 => Is(name, "forwarded"u8) ? FieldKind.Forwarded
            : IsFold(name, "x-real-ip"u8) ? FieldKind.XRealIp
            : FieldKind.Other,
            10 => Is(name, "connection"u8) ? FieldKind.Connection
            : Is(name, "keep-alive"u8) ? FieldKind.KeepAlive
            : FieldKind.Other,
            12 => Is(name, "content-type"u8) ? FieldKind.ContentType : FieldKind.Other,
            13 => Is(name, "authorization"u8) ? FieldKind.Authorization
            : Is(name, "cache-control"u8) ? FieldKind.CacheControl
            : FieldKind.Other,
            14 => Is(name, "content-length"u8) ? FieldKind.ContentLength
            : Is(name, "http2-settings"u8) ? FieldKind.Http2Settings
            : FieldKind.Other,
            15 => Is(name, "accept-encoding"u8) ? FieldKind.AcceptEncoding
            : IsFold(name, "x-forwarded-for"u8) ? FieldKind.XForwardedFor
            : IsFold(name, "x-forwarded-uri"u8) ? FieldKind.XForwardedUri
            : Is(name, "x-forwarded-ssl"u8) || Is(name, "front-end-https"u8) ? FieldKind.XForwardedOther
            : FieldKind.Other,
            16 => Is(name, "content-encoding"u8) ? FieldKind.ContentEncoding
            : Is(name, "proxy-connection"u8) ? FieldKind.ProxyConnection
            : IsFold(name, "x-forwarded-host"u8) ? FieldKind.XForwardedHost
            : Is(name, "x-forwarded-port"u8) ? FieldKind.XForwardedOther
            : FieldKind.Other,
            17 => Is(name, "transfer-encoding"u8) ? FieldKind.TransferEncoding
            : IsFold(name, "x-forwarded-proto"u8) ? FieldKind.XForwardedProto
            : FieldKind.Other,
            18 => IsFold(name, "x-forwarded-method"u8) ? FieldKind.XForwardedMethod
            : Is(name, "x-forwarded-scheme"u8) || Is(name, "x-forwarded-prefix"u8) || Is(name, "x-forwarded-server"u8)
                ? FieldKind.XForwardedOther
            : FieldKind.Other,
            19 => Is(name, "proxy-authorization"u8) ? FieldKind.ProxyAuthorization : FieldKind.Other,
            _ => FieldKind.Other,
        };

    /// <summary>
    /// Whether a field of this kind ends at each connection (RFC 9110, section 7.6.1), or looks like one that does, and so is never passed
    /// on.
    /// </summary>
    public static bool IsHopByHop(FieldKind kind) =>
        kind
            is FieldKind.Connection
                or FieldKind.TransferEncoding
                or FieldKind.Upgrade
                or FieldKind.Te
                or FieldKind.KeepAlive
                or FieldKind.ProxyConnection
                or FieldKind.ProxyAuthorization
                or FieldKind.Http2Settings
                or FieldKind.LookAlike;

    /// <summary>Whether two names are the same to an upstream that makes variables of them, as CGI and WSGI do.</summary>
    public static bool IsTwin(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other)
    {
        if (one.Length != other.Length)
        {
            return false;
        }

        for (int i = 0; i < one.Length; i++)
        {
            if (Fold(one[i]) != Fold(other[i]))
            {
                return false;
            }
        }

        return true;

        static byte Fold(byte b) =>
            b == '_' ? (byte)'-'
            : b is >= (byte)'A' and <= (byte)'Z' ? (byte)(b | 0x20)
            : b;
    }

    // Of the kinds with a dash those that frame the message, concern the connection, or tell who sent it: the others come to nothing.
    private static bool IsLookAlike(ReadOnlySpan<byte> name) =>
        name.Length switch
        {
            10 => IsFold(name, "keep-alive"u8),
            14 => IsFold(name, "content-length"u8) || IsFold(name, "http2-settings"u8),
            15 => IsFold(name, "x-forwarded-ssl"u8) || IsFold(name, "front-end-https"u8),
            16 => IsFold(name, "proxy-connection"u8) || IsFold(name, "x-forwarded-port"u8),
            17 => IsFold(name, "transfer-encoding"u8),
            18 => IsFold(name, "x-forwarded-scheme"u8) || IsFold(name, "x-forwarded-prefix"u8) || IsFold(name, "x-forwarded-server"u8),
            19 => IsFold(name, "proxy-authorization"u8),
            _ => false,
        };

    private static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> lower) => Ascii.EqualsIgnoreCase(name, lower);

    // CGI and WSGI make one variable of `X-Real-IP` and `X_Real_IP`: to such an upstream they are the same field.
    private static bool IsFold(ReadOnlySpan<byte> name, ReadOnlySpan<byte> lower)
    {
        for (int i = 0; i < name.Length; i++)
        {
            if (lower[i] == '-' ? name[i] is not ((byte)'-' or (byte)'_') : (name[i] | 0x20) != lower[i])
            {
                return false;
            }
        }

        return true;
    }
}

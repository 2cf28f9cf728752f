using System.Text;

namespace Confgen.Runtime.Hpack;

/// <summary>The fields that HPACK's indexes 1 to 61 stand for (RFC 7541, appendix A).</summary>
internal static class HpackStaticTable
{
    private static readonly (byte[] Name, byte[] Value)[] _fields = [.. new[]
    {
        ":authority", ":method GET", ":method POST", ":path /", ":path /index.html", ":scheme http", ":scheme https", ":status 200", ":status 204",
        ":status 206", ":status 304", ":status 400", ":status 404", ":status 500", "accept-charset", "accept-encoding gzip, deflate", "accept-language",
        "accept-ranges", "accept", "access-control-allow-origin", "age", "allow", "authorization", "cache-control", "content-disposition",
        "content-encoding", "content-language", "content-length", "content-location", "content-range", "content-type", "cookie", "date", "etag",
        "expect", "expires", "from", "host", "if-match", "if-modified-since", "if-none-match", "if-range", "if-unmodified-since", "last-modified",
        "link", "location", "max-forwards", "proxy-authenticate", "proxy-authorization", "range", "referer", "refresh", "retry-after", "server",
        "set-cookie", "strict-transport-security", "transfer-encoding", "user-agent", "vary", "via", "www-authenticate",
    }.Select(line => line.Split(' ', 2)).Select(parts => (Encoding.ASCII.GetBytes(parts[0]), Encoding.ASCII.GetBytes(parts.Length > 1 ? parts[1] : "")))];

    /// <summary>The last index.</summary>
    public static int Count => _fields.Length;

    /// <summary>The name at an index from 1.</summary>
    public static byte[] Name(int index) => _fields[index - 1].Name;

    /// <summary>The value at an index from 1; empty where there is none.</summary>
    public static byte[] Value(int index) => _fields[index - 1].Value;
}

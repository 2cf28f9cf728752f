using System.Net;
using System.Text;
using Confgen.Model.Globs;

namespace Confgen.Model.Rules;

/// <summary>A request that is reasoned about rather than received.</summary>
/// <param name="Method">The method.</param>
/// <param name="Https">Whether it comes over TLS.</param>
/// <param name="Port">The port that it comes to.</param>
/// <param name="Host">The Host header, with its port where the client sends one.</param>
/// <param name="Target">The raw target.</param>
/// <param name="Headers">The other headers in their order.</param>
/// <param name="Peer">The other end of the connection.</param>
public sealed record EvaluatedRequest(
    string Method,
    bool Https,
    int Port,
    string Host,
    string Target,
    ValueList<KeyValuePair<string, string>> Headers,
    IPAddress Peer
)
{
    /// <summary>A client's address that no private block contains (RFC 5737).</summary>
    public static readonly IPAddress PublicPeer = IPAddress.Parse("203.0.113.7");

    /// <summary>The host in lower case, without its port and the dot that may close a name.</summary>
    public string HostName
    {
        get
        {
            int colon = Host.LastIndexOf(':');
            string name = colon > Host.LastIndexOf(']') ? Host[..colon] : Host;
            return (name.Length > 1 && name[^1] == '.' ? name[..^1] : name).ToLowerInvariant();
        }
    }

    /// <summary>All values of a header, joined by commas; empty where there is none.</summary>
    public string Joined(string name) =>
        string.Join(", ", Headers.Where(h => h.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(h => h.Value));

    /// <summary>The value of the first cookie of that name, as it was sent; empty where there is none.</summary>
    public string Cookie(string name) =>
        Headers
            .Where(h => h.Key.Equals("Cookie", StringComparison.OrdinalIgnoreCase))
            .SelectMany(h => h.Value.Split(';', StringSplitOptions.TrimEntries))
            .Where(pair => pair.StartsWith(name + "=", StringComparison.Ordinal))
            .Select(pair => pair[(name.Length + 1)..])
            .FirstOrDefault("");

    /// <summary>The request from a URL, as a browser or curl sends it: the target keeps every byte of the URL's path and query.</summary>
    /// <param name="method">The method.</param>
    /// <param name="url">The URL, with <c>http://</c> or <c>https://</c>.</param>
    /// <param name="headers">Further headers; a Host among them replaces the URL's.</param>
    /// <param name="peer">The client.</param>
    public static EvaluatedRequest FromUrl(string method, string url, ValueList<KeyValuePair<string, string>> headers, IPAddress peer)
    {
        bool https = url.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
        string rest = url[(url.IndexOf("://", StringComparison.Ordinal) + 3)..];
        int end = rest.AsSpan().IndexOfAny('/', '?', '#');
        string authority = end < 0 ? rest : rest[..end];
        string target = end < 0 ? "/" : rest[end..];
        int fragment = target.IndexOf('#', StringComparison.Ordinal);
        target = fragment < 0 ? target : target[..fragment];
        target = target.StartsWith('/') ? target : "/" + target;
        int colon = authority.LastIndexOf(':');
        bool hasPort =
            colon > authority.LastIndexOf(']')
            && int.TryParse(authority.AsSpan(colon + 1), System.Globalization.NumberStyles.None, null, out _);
        int port =
            hasPort ? int.Parse(authority.AsSpan(colon + 1), System.Globalization.CultureInfo.InvariantCulture)
            : https ? 443
            : 80;
        string? written = headers
            .Where(h => h.Key.Equals("host", StringComparison.OrdinalIgnoreCase))
            .Select(h => h.Value)
            .FirstOrDefault();
        var others = headers.Where(h => !h.Key.Equals("host", StringComparison.OrdinalIgnoreCase)).ToValueList();
        return new EvaluatedRequest(method, https, port, written ?? authority, target, others, peer);
    }

    /// <summary>The head that routes are chosen by.</summary>
    /// <param name="path">The normalised path.</param>
    /// <param name="query">The raw query.</param>
    /// <param name="client">The client's address.</param>
    internal Head HeadOf(byte[] path, byte[] query, IPAddress client) => new(this, path, query, client);

    internal sealed class Head(EvaluatedRequest request, byte[] path, byte[] query, IPAddress client) : IRequestHead
    {
        private readonly byte[] _method = Encoding.UTF8.GetBytes(request.Method);

        public ReadOnlySpan<byte> Path => path;

        public ReadOnlySpan<byte> Query => query;

        public ReadOnlySpan<byte> Method => _method;

        public IPAddress? Client => client;

        public bool HasHeader(string name, ValuePattern value) =>
            request.Headers.Any(h =>
                h.Key.Equals(name, StringComparison.OrdinalIgnoreCase) && value.Matches(Encoding.UTF8.GetBytes(h.Value))
            );

        public bool HasCookie(string name, ValuePattern value) =>
            request.Headers.Any(h =>
                h.Key.Equals(CookieField.Name, StringComparison.OrdinalIgnoreCase)
                && CookieField.Has(Encoding.UTF8.GetBytes(h.Value), name, value)
            );
    }
}

using Confgen.Model.Routes;
using Confgen.Model.Templates;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;

namespace Confgen.Model.Rules;

/// <summary>The headers that an upstream sees.</summary>
public static class ForwardedHeaders
{
    /// <summary>Headers of one connection (RFC 9110, section 7.6.1), which are never forwarded, and <c>Proxy</c> (httpoxy).</summary>
    public static readonly IReadOnlyList<string> Dropped =
    [
        "Connection",
        "Keep-Alive",
        "Proxy-Connection",
        "Proxy-Authorization",
        "TE",
        "Transfer-Encoding",
        "Upgrade",
        "HTTP2-Settings",
        "Proxy",
    ];

    private const int MostMixed = 4;

    /// <summary>What the proxy says about the client itself; nobody's word for it passes unless the peer is trusted.</summary>
    public static readonly IReadOnlyList<string> Managed = ["X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Real-IP"];

    /// <summary>Fields that say more about the client's connection; they pass from trusted peers alone.</summary>
    public static readonly IReadOnlyList<string> Claims =
    [
        "X-Forwarded-Port",
        "X-Forwarded-Ssl",
        "X-Forwarded-Scheme",
        "X-Forwarded-Prefix",
        "X-Forwarded-Server",
        "Front-End-Https",
    ];

    /// <summary>Fields that frame a message, so that nobody may send a name that is read as one of them.</summary>
    public static readonly IReadOnlyList<string> Framing = ["Content-Length", "Transfer-Encoding"];

    /// <summary>
    /// Whether an upstream could read the name as one of <see cref="Managed"/>, <see cref="Claims"/> or <see cref="Framing"/> although it
    /// is spelled with underscores.
    /// </summary>
    public static bool IsLookAlike(ReadOnlySpan<char> name) =>
        name.Contains('_') && (IsAny(Managed, name) || IsAny(Claims, name) || IsAny(Framing, name));

    /// <summary>The names that CGI and WSGI programs can't tell from this one, because they turn each dash into an underscore.</summary>
    public static IEnumerable<string> TwinsOf(string name)
    {
        int[] places = Mixed(name);
        int all = KnowsTwinsOf(name) ? 1 << places.Length : 2;
        for (int bits = 0; bits < all; bits++)
        {
            char[] twin = name.ToCharArray();
            for (int i = 0; i < places.Length; i++)
            {
                bool mixed = KnowsTwinsOf(name) ? (bits & (1 << i)) != 0 : bits == 1;
                twin[places[i]] = mixed ? '_' : '-';
            }

            if (!name.AsSpan().SequenceEqual(twin))
            {
                yield return new string(twin);
            }
        }
    }

    /// <summary>
    /// Whether <see cref="TwinsOf"/> are all that there are: of a name with more dashes than any in use, only those of one kind are worth a
    /// line.
    /// </summary>
    public static bool KnowsTwinsOf(string name) => Mixed(name).Length <= MostMixed;

    /// <summary>The headers at the upstream, in the order: Host, the client's that pass, what the proxy says, the route's rules.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(
        EvaluatedRequest request,
        ProxyAction proxy,
        ValueList<Cidr> trusted,
        string client,
        IReadOnlyList<HeaderEdit> edits,
        Func<TemplatePart, string> value
    )
    {
        bool believes = ClientAddress.IsTrusted(trusted, request.Peer);
        string[] named = [.. request.Joined("Connection").Split(',').Select(n => n.Trim())];
        bool upgrades =
            proxy.WebSocket != WebSocketMode.Never
            && In(named, "upgrade")
            && request.Joined("Upgrade").Equals("websocket", StringComparison.OrdinalIgnoreCase);
        var headers = new List<KeyValuePair<string, string>> { new("Host", HostAt(proxy, request)) };
        foreach (KeyValuePair<string, string> header in request.Headers)
        {
            bool passes =
                !In(Dropped, header.Key)
                && !In(Managed, header.Key)
                && !In(named, header.Key)
                && !IsLookAlike(header.Key)
                && (believes || !(Is(header.Key, "forwarded") || IsAny(Claims, header.Key)));
            if (passes)
            {
                headers.Add(header);
            }
        }

        if (upgrades)
        {
            headers.Add(new("Upgrade", "websocket"));
            headers.Add(new("Connection", "upgrade"));
        }

        string peer = (request.Peer.IsIPv4MappedToIPv6 ? request.Peer.MapToIPv4() : request.Peer).ToString();
        string list = believes ? request.Joined("X-Forwarded-For") : "";
        headers.Add(new("X-Forwarded-For", list.Length > 0 ? list + ", " + peer : peer));
        headers.Add(new("X-Forwarded-Proto", Believed("X-Forwarded-Proto", request.Https ? "https" : "http")));
        headers.Add(new("X-Forwarded-Host", Believed("X-Forwarded-Host", request.Host)));
        headers.Add(new("X-Real-IP", client));
        foreach (HeaderEdit edit in edits)
        {
            if (edit.Drops)
            {
                headers.RemoveAll(h => h.Key.Equals(edit.Name, StringComparison.OrdinalIgnoreCase));
            }

            headers.AddRange(
                edit.Values.Select(v => new KeyValuePair<string, string>(edit.Name, v.Expand(value))).Where(h => h.Value.Length > 0)
            );
        }

        return headers;

        string Believed(string name, string own) => believes && request.Joined(name) is { Length: > 0 } theirs ? theirs : own;
    }

    /// <summary>The Host header at the upstream.</summary>
    public static string HostAt(ProxyAction proxy, EvaluatedRequest request) =>
        proxy.Host.Kind switch
        {
            HostHeaderKind.Preserve => request.Host,
            HostHeaderKind.Literal => proxy.Host.Literal ?? "",
            _ => ServerOf(proxy.Upstream),
        };

    /// <summary>The server's host and port where there is only one; else the placeholder that stands for it.</summary>
    internal static string ServerOf(Upstream upstream) => upstream.Servers is [var only] ? only.Address.HostPort : "{upstream_hostport}";

    private static int[] Mixed(string name) => [.. Enumerable.Range(0, name.Length).Where(i => name[i] is '-' or '_')];

    private static bool In(IEnumerable<string> names, string name) => names.Any(n => n.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static bool IsAny(IReadOnlyList<string> names, ReadOnlySpan<char> name)
    {
        foreach (string canonical in names)
        {
            if (Is(name, canonical))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the names are the same, whatever their case and with underscores taken for dashes.</summary>
    private static bool Is(ReadOnlySpan<char> name, string canonical)
    {
        if (name.Length != canonical.Length)
        {
            return false;
        }

        for (int i = 0; i < name.Length; i++)
        {
            char c = name[i] == '_' ? '-' : char.ToLowerInvariant(name[i]);
            if (c != char.ToLowerInvariant(canonical[i]))
            {
                return false;
            }
        }

        return true;
    }
}

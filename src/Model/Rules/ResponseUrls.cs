using System.Globalization;
using System.Text;
using Confgen.Model.Routes;
using Confgen.Model.Templates;
using Confgen.Model.Units;

namespace Confgen.Model.Rules;

/// <summary>What <see cref="ResponseRewrite"/> means for a route, as rules that every program can have.</summary>
public static class ResponseUrls
{
    private const string Root = "/";

    // RFC 3986, section 3.3: what a path may hold as it is.
    private const string InPath = "-._~!$&'()*+,;=:@/";

    /// <summary>The rules on the URLs of Location and Refresh.</summary>
    public static IReadOnlyList<UrlRule> Location(Route route)
    {
        if (route.Proxy?.ResponseRewrite is not { } rewrite)
        {
            return [];
        }

        if (!rewrite.AutoLocation)
        {
            return [.. rewrite.Location.Select(m => new UrlRule(UrlOrigin.None, m.From, m.To))];
        }

        IReadOnlyList<UrlRule> back = Back(route, asCookie: false);
        var identity = new UrlRule(UrlOrigin.None, Root, TextTemplate.Literal(Root));
        bool takesAll = back.Any(r => r is { From: Root, IsWhole: false });
        UrlRule[] all = takesAll ? [.. back] : [.. back, identity];
        return
        [
            .. all.Select(r => r with { Origin = UrlOrigin.OwnHttp }),
            .. back.Select(r => r with { Origin = UrlOrigin.OwnHttps }),
            .. Servers(route.Proxy).Count > 0 ? all.Select(r => r with { Origin = UrlOrigin.Server }) : [],
            .. back,
        ];
    }

    /// <summary>The rules on the paths of cookies.</summary>
    public static IReadOnlyList<UrlRule> CookiePath(Route route) =>
        route.Proxy?.ResponseRewrite switch
        {
            null => [],
            { AutoCookiePath: true } => Back(route, asCookie: true),
            var rewrite => [.. rewrite.CookiePath.Select(m => new UrlRule(UrlOrigin.None, m.From, m.To))],
        };

    /// <summary>
    /// The servers' own names, as an upstream writes them into a URL: the spec's addresses, and the Host that it is sent.
    /// </summary>
    public static IReadOnlyList<string> Servers(ProxyAction proxy)
    {
        var names = new List<string>();
        foreach (ServerAddress address in proxy.Upstream.Servers.Select(s => s.Address).Where(a => a.SocketPath is null))
        {
            int usual = address.Scheme == ServerScheme.Https ? 443 : 80;
            names.Add(address.HostPort);
            names.AddRange(address.Port == usual ? [address.HostPort[..address.HostPort.LastIndexOf(':')]] : []);
        }

        names.AddRange(proxy.Host is { Kind: HostHeaderKind.Literal, Literal: { } literal } ? [literal] : []);
        return [.. names.Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>What is rewritten, in words.</summary>
    public static string Describe(ResponseRewrite? rewrite)
    {
        if (rewrite is null)
        {
            return "as the upstream sends them";
        }

        string[] said =
        [
            .. new[]
            {
                Describe("Location", rewrite.AutoLocation, rewrite.Location),
                Describe("cookies' paths", rewrite.AutoCookiePath, rewrite.CookiePath),
                Describe("cookies' domains", false, rewrite.CookieDomain),
            }.OfType<string>(),
        ];
        return said.Length == 0 ? "as the upstream sends them" : string.Join("; ", said);
    }

    private static string? Describe(string what, bool isAuto, ValueList<TextMapping> mappings) =>
        isAuto ? $"{what} mapped back"
        : mappings.Count > 0 ? $"{what}: {string.Join(", ", mappings.Select(m => $"{m.From} to {m.To}"))}"
        : null;

    /// <summary>A path with everything encoded that a URL can't have.</summary>
    public static string Encoded(string path)
    {
        var text = new StringBuilder(path.Length);
        foreach (byte b in Encoding.UTF8.GetBytes(path))
        {
            if (char.IsAsciiLetterOrDigit((char)b) || InPath.Contains((char)b, StringComparison.Ordinal))
            {
                text.Append((char)b);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
            }
        }

        return text.ToString();
    }

    // The inverse of what the route does to the path of a request. A regex has none.
    private static UrlRule[] Back(Route route, bool asCookie)
    {
        string prefix = route.Path.Kind == PathMatcherKind.Prefix ? Encoded(route.Path.Text.TrimEnd('/')) : "";
        return route.Rewrite switch
        {
            { Kind: PathRewriteKind.StripPrefix } => Exchange("", prefix, asCookie),
            { Kind: PathRewriteKind.ReplacePrefix, To: var to } => Exchange(to, prefix, asCookie),
            { Kind: PathRewriteKind.AddPrefix, To: var to } => Exchange(to, "", asCookie),
            _ => [],
        };
    }

    // A cookie for `/` is one for the whole prefix: with a slash behind it, it wouldn't be sent to the prefix itself.
    private static UrlRule[] Exchange(string from, string to, bool asCookie)
    {
        UrlRule below = new(UrlOrigin.None, from + Root, TextTemplate.Literal(to + Root));
        return from == to ? []
            : from.Length > 0 ? [new(UrlOrigin.None, from, TextTemplate.Literal(to.Length == 0 ? Root : to), IsWhole: true), below]
            : asCookie ? [new(UrlOrigin.None, Root, TextTemplate.Literal(to), IsWhole: true), below]
            : [below];
    }
}

using System.Buffers;
using System.Text;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Model.Units;

namespace Confgen.Targets.PyServe;

/// <summary>How PyServe goes through a site's routes: the first rule whose path is a plain prefix, and only then redirects.</summary>
internal static class PyServeRoutes
{
    private static readonly SearchValues<char> _plain = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/"
    );

    /// <summary>The proxied routes in the order in which PyServe must ask them: longest first, as the contract does.</summary>
    public static IReadOnlyList<Route> Rules(Site site) =>
        [.. site.Routes.Where(r => r.Proxy is not null).OrderByDescending(r => RawPath(r.Path.Text).Length)];

    /// <summary>A path as clients send it (RFC 3986, section 3.3), which is what PyServe compares with: it decodes nothing.</summary>
    public static string RawPath(string path)
    {
        if (!path.AsSpan().ContainsAnyExcept(_plain))
        {
            return path;
        }

        var raw = new StringBuilder(path.Length + 16);
        foreach (byte b in Encoding.UTF8.GetBytes(path))
        {
            raw.Append(_plain.Contains((char)b) ? (char)b : '%');
            if (!_plain.Contains((char)b))
            {
                raw.Append(b.ToString("X2", null));
            }
        }

        return raw.ToString();
    }

    /// <summary>The rule that takes an exact path before any redirect is asked, or null.</summary>
    public static Route? TakenBefore(Site site, string path) =>
        Rules(site).FirstOrDefault(r => RawPath(path).StartsWith(RawPath(r.Path.Text), StringComparison.Ordinal));

    /// <summary>The only server in service, or null.</summary>
    public static ServerAddress? ServerOf(ProxyAction? proxy) =>
        proxy?.Upstream.Servers.Where(s => !s.Down).ToList() is [var only] ? only.Address : null;

    /// <summary>The Location of a redirect without placeholders.</summary>
    public static string Location(RedirectAction redirect) => string.Concat(redirect.To.Parts.Select(p => p.Literal));
}

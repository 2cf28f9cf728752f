using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Targets.Caddy.Views;

namespace Confgen.Targets.Caddy.Building;

/// <summary>Where responses are compressed: in the whole site, or in each route that doesn't stream.</summary>
internal static class Compressions
{
    /// <summary>Whether every route of the site may be compressed, so that it is said once.</summary>
    public static bool IsWhole(Site site) => !site.Routes.Any(Streams);

    /// <summary>The compression of a site; null for none.</summary>
    public static CompressionView? Of(Site site) => Codings(site) is { } codings ? new CompressionView(codings) : null;

    /// <summary>The compression of one of its routes, where the site doesn't say it for all.</summary>
    public static CompressionView? Of(Site site, Route route) => IsWhole(site) || Streams(route) ? null : Of(site);

    /// <summary>The codings that a stock Caddy has, in the order of the spec.</summary>
    private static string? Codings(Site site)
    {
        string text = string.Join(
            '_',
            site.Compress.Where(static coding => coding != ContentCoding.Brotli)
                .Select(static coding => coding == ContentCoding.Zstd ? "zstd" : "gzip")
        );
        return text.Length == 0 ? null : text;
    }

    private static bool Streams(Route route) => route.Proxy is { Sse: true };
}

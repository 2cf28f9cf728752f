using Confgen.Model;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Targets.Caddy.Views;

namespace Confgen.Targets.Caddy.Building;

/// <summary>Which compressions a spec uses: the list of media types is long, so what is used more than once is a snippet.</summary>
internal sealed class Compressions
{
    private readonly Dictionary<string, int> _uses = new(StringComparer.Ordinal);

    /// <summary>Counts the uses.</summary>
    /// <param name="spec">The spec.</param>
    /// <param name="shared">Whether there may be snippets.</param>
    public Compressions(Spec spec, bool shared)
    {
        foreach (Site site in spec.Sites)
        {
            if (shared && Formats(site) is { } formats)
            {
                _uses[formats] = _uses.GetValueOrDefault(formats) + (IsWhole(site) ? 1 : site.Routes.Count(static route => !Streams(route)));
            }
        }
    }

    /// <summary>Those that are snippets.</summary>
    public IReadOnlyList<CompressionView> Shared => [.. _uses.Where(static use => use.Value > 1).Select(use => new CompressionView(use.Key, Snippet(use.Key)))];

    /// <summary>Whether every route of the site may be compressed, so that it is said once.</summary>
    public static bool IsWhole(Site site) => !site.Routes.Any(Streams);

    /// <summary>The compression of a site; null for none.</summary>
    public CompressionView? Of(Site site) => Formats(site) is { } formats ? new CompressionView(formats, _uses.GetValueOrDefault(formats) > 1 ? Snippet(formats) : null) : null;

    /// <summary>The compression of one of its routes, where the site doesn't say it for all.</summary>
    public CompressionView? Of(Site site, Route route) => IsWhole(site) || Streams(route) ? null : Of(site);

    /// <summary>The codings that a stock Caddy has, in the order of the spec.</summary>
    private static string? Formats(Site site)
    {
        string text = string.Join(' ', site.Compress.Where(static coding => coding != ContentCoding.Brotli).Select(static coding => coding == ContentCoding.Zstd ? "zstd" : "gzip"));
        return text.Length == 0 ? null : text;
    }

    private static bool Streams(Route route) => route.Proxy is { Sse: true };

    private static string Snippet(string formats) => "compress_" + formats.Replace(' ', '_');
}

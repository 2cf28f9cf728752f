using Confgen.Model.Sites;
using Confgen.Targets.Nginx.Views;

namespace Confgen.Targets.Nginx.Building;

/// <summary>Compression of responses, by the codings that this nginx has.</summary>
internal static class Compression
{
    public static CompressionView? Of(NginxBuild build, Site site)
    {
        bool gzip = site.Compress.Contains(ContentCoding.Gzip);
        bool brotli = site.Compress.Contains(ContentCoding.Brotli) && build.Settings.HasBrotli;
        bool zstd = site.Compress.Contains(ContentCoding.Zstd) && build.Settings.HasZstd;
        return gzip || brotli || zstd ? new CompressionView(gzip, brotli, zstd) : null;
    }
}

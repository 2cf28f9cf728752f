using System.Globalization;
using Confgen.Model.Sites;

namespace Confgen.Runtime.Routing;

/// <summary>
/// Tells clients where a site speaks HTTP/3 (RFC 7838): on each of its responses, as the generated nginx configuration does, so that who
/// came by HTTP/3 keeps knowing it. A rule of the spec for the field goes before.
/// </summary>
internal static class AltSvc
{
    public const string Name = "Alt-Svc";

    /// <summary>The field's value; null where the site doesn't speak HTTP/3.</summary>
    /// <param name="site">The site.</param>
    /// <param name="ports">The port of each listener that speaks it.</param>
    public static string? Of(Site site, IReadOnlyDictionary<string, int> ports)
    {
        if (site.Http3)
        {
            foreach (ListenAddress address in site.Listen)
            {
                if (ports.TryGetValue(address.ToString(), out int port))
                {
                    return string.Create(CultureInfo.InvariantCulture, $"h3=\":{port}\"; ma=86400");
                }
            }
        }

        return null;
    }
}

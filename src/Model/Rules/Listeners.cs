using Confgen.Model.Sites;

namespace Confgen.Model.Rules;

/// <summary>The listeners of a spec, those that only redirect to https included.</summary>
public static class Listeners
{
    /// <summary>
    /// Every listener in the order of its first mention, with the sites that response there and those that redirect there.
    /// </summary>
    public static IReadOnlyList<ListenerModel> Of(Spec spec)
    {
        var listeners = new Dictionary<string, ListenerModel>(StringComparer.Ordinal);
        foreach (Site site in spec.Sites)
        {
            foreach (ListenAddress listen in site.Listen)
            {
                Get(listen).Sites.Add(site);
            }

            if (site.RedirectHttp is { } redirect)
            {
                foreach (
                    string? address in site.Listen.Where(l => l.SocketPath is null).Select(l => l.Address).Distinct(StringComparer.Ordinal)
                )
                {
                    Get(new ListenAddress { Address = address, Port = redirect.Port }).Redirects.Add(site);
                }
            }
        }

        return [.. listeners.Values];

        ListenerModel Get(ListenAddress address)
        {
            string key = address.ToString();
            if (!listeners.TryGetValue(key, out ListenerModel? listener))
            {
                listeners[key] = listener = new ListenerModel(address);
            }

            return listener;
        }
    }

    /// <summary>The https URL that a plain request is sent to: the site's first TLS port, named unless it is 443.</summary>
    public static string HttpsAuthority(Site site, string host)
    {
        int port =
            site.Listen.FirstOrDefault(l => l.Port == 443)?.Port ?? site.Listen.FirstOrDefault(l => l.SocketPath is null)?.Port ?? 443;
        return port == 443 ? host : string.Create(null, $"{host}:{port}");
    }
}

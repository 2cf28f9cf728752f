using Confgen.Model;
using Confgen.Model.Sites;
using Confgen.Runtime.Exchanges;
using Confgen.Runtime.Tls;
using Confgen.Runtime.Upstreams;

namespace Confgen.Runtime.Routing;

/// <summary>The sites and routes of a spec, made ready to be served.</summary>
internal sealed class RoutingTable
{
    /// <summary>No site at all.</summary>
    public static readonly RoutingTable Empty = new(new Spec(), _ => throw new InvalidOperationException(), new Dictionary<string, TlsTable>(StringComparer.Ordinal));

    private readonly List<(Site Site, SiteModel Model, RouteModel[] Routes)> _sites = [];

    private readonly IReadOnlyDictionary<string, TlsTable> _tls;

    public RoutingTable(Spec spec, Func<Model.Upstreams.Upstream, UpstreamState> upstreams, IReadOnlyDictionary<string, TlsTable> tls)
    {
        _tls = tls;
        foreach (Site site in spec.Sites)
        {
            _sites.Add((site, new SiteModel(site), [.. site.Routes.Select(r => new RouteModel(site, r, upstreams))]));
        }
    }

    /// <summary>The sites with TLS of a listener.</summary>
    public TlsTable TlsOf(string listener) => _tls[listener];

    /// <summary>Chooses site and route; null and the status of the refusal where there is none.</summary>
    public RoutedRequest? Choose(Exchange exchange, out int refusal)
    {
        refusal = 404;
        foreach (var (site, model, routes) in _sites)
        {
            foreach (RouteModel route in routes)
            {
                if (exchange.Request.Path.StartsWith(route.Config.Path.Text))
                {
                    var client = exchange.Client;
                    string scheme = client.IsTls ? "https" : "http";
                    return new RoutedRequest(exchange, model, route, exchange.Request.Path.ToString(),
                        new ClientIdentity(client.Peer, client.PeerText, scheme, exchange.Request.Authority, client.PeerText, scheme, exchange.Request.Authority, false));
                }
            }
        }

        return null;
    }
}

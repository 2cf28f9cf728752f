using System.Globalization;
using Confgen.Model;
using Confgen.Model.RequestTargets;
using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Model.Sites;
using Confgen.Runtime.Exchanges;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Tls;
using Confgen.Runtime.Upstreams;

namespace Confgen.Runtime.Routing;

/// <summary>The sites and routes of a spec, made ready to be served. The rules are the model's own.</summary>
internal sealed class RoutingTable
{
    private readonly Dictionary<string, ListenerTable> _listeners = new(StringComparer.Ordinal);
    private readonly Identities _identities;
    private readonly ProxyOptions _options;

    public RoutingTable(
        Spec spec,
        ProxyOptions options,
        Func<Model.Upstreams.Upstream, UpstreamState> upstreams,
        IReadOnlyDictionary<string, TlsTable> tls,
        IReadOnlyDictionary<string, int> http3Ports,
        Func<Route, IRouteGuards> guards
    )
    {
        _options = options;
        _identities = new Identities(spec.TrustedProxies, spec.TrustsUnixPeers);
        var models = new Dictionary<Site, SiteModel>(ReferenceEqualityComparer.Instance);
        foreach (Site site in spec.Sites)
        {
            models.TryAdd(site, new SiteModel(site, upstreams, AltSvc.Of(site, http3Ports), guards));
        }

        foreach (ListenerModel listener in Listeners.Of(spec))
        {
            string key = listener.Address.ToString();
            _listeners.Add(key, new ListenerTable(listener, models, tls.GetValueOrDefault(key)));
        }

        Sites = [.. models.Values];
    }

    /// <summary>Every site.</summary>
    public IReadOnlyList<SiteModel> Sites { get; }

    /// <summary>When the certificate of each site that has one expires, by the hosts of the site.</summary>
    public IEnumerable<(string Site, DateTimeOffset Expiry)> Certificates =>
        _listeners
            .Values.SelectMany(l => l.Tls?.Sites ?? [])
            .SelectMany(s => s.Expiry is { } expiry ? new[] { (string.Join(',', s.Site.Hosts), expiry) } : []);

    /// <summary>The certificates of a listener; null for a plain one.</summary>
    public TlsTable? TlsOf(string listener) => _listeners.GetValueOrDefault(listener)?.Tls;

    /// <summary>Chooses site and route.</summary>
    public Choice Choose(Exchange exchange)
    {
        Request request = exchange.Request;
        ClientConnection client = exchange.Client;

        // 1. The target, whose refusal is the same on every route.
        var target = TargetInspection.Of(request.Target);
        if (target.Refusal != TargetRefusal.None)
        {
            return new Choice(null, 400);
        }

        // 2. The site. A listener that a reload took away has none any more.
        ReadOnlySpan<char> host = HostOf(request.Authority);
        if (!_listeners.TryGetValue(client.Listener, out ListenerTable? listener) || listener.Sites.Find(host) is not { } site)
        {
            return new Choice(null, 404);
        }

        // 3. A connection that was made for another site: its certificate, and its check of the client's, are that site's.
        if (
            client.IsTls
            && (
                listener.Sites.IsMisdirected(client.ServerName, host)
                || (site.Tls?.ClientCa is not null && client.TlsSite is { } shown && shown.Tls?.ClientCa != site.Tls.ClientCa)
            )
        )
        {
            return new Choice(null, 421);
        }

        if (listener.IsRedirecting(site))
        {
            return new Choice(null, site.RedirectHttp?.Status ?? 308, HttpsUrl(site, host, request.Target));
        }

        if (request.HeadLength > site.Limits.Head)
        {
            return new Choice(null, request.Target.Length > site.Limits.Head ? 414 : 431);
        }

        // 4. The route.
        SiteModel model = listener.ModelOf(site);
        ClientIdentity? identity = model.AsksClient ? _identities.Of(exchange) : null;
        RouteModel route = model.Choose(request, target, identity?.Address, out string path, out bool isAmbiguous);
        if (isAmbiguous)
        {
            return new Choice(null, 400);
        }

        // What a guard sees must be what the upstream sees: bytes that a program may encode on the way are refused there.
        bool isStrict = route.Config.IsGuarded || route.Config.Transparent;
        return isStrict && TargetInspection.HasOddBytes(request.Target.AsSpan(0, target.PathLength))
            ? new Choice(null, 400)
            : new Choice(new RoutedRequest(exchange, model, route, path, identity ?? _identities.Of(exchange)));
    }

    // Without the port, and without the dot that may close a name.
    private static ReadOnlySpan<char> HostOf(string authority)
    {
        int colon = authority.LastIndexOf(':');
        ReadOnlySpan<char> host = colon > authority.LastIndexOf(']') ? authority.AsSpan(0, colon) : authority;
        return host is [_, .., '.'] ? host[..^1] : host;
    }

    private string HttpsUrl(Site site, ReadOnlySpan<char> host, string target)
    {
        string authority = Listeners.HttpsAuthority(site, host.ToString().ToLowerInvariant());
        int port = _options.PortFor(443);
        return authority.Length == host.Length && port != 443
            ? string.Create(CultureInfo.InvariantCulture, $"https://{authority}:{port}{target}")
            : $"https://{authority}{target}";
    }
}

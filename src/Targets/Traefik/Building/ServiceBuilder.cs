using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;
using Confgen.Targets.Traefik.Syntax;
using Confgen.Targets.Traefik.Views;

namespace Confgen.Targets.Traefik.Building;

/// <summary>Makes services of upstreams. What a route says of the connection to its upstream makes another service of it.</summary>
internal sealed class ServiceBuilder(TraefikNames names)
{
    private readonly TraefikNames _transportNames = new();
    private readonly Dictionary<string, string> _services = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _transports = new(StringComparer.Ordinal);
    private readonly List<ServiceView> _allServices = [];
    private readonly List<TransportView> _allTransports = [];

    /// <summary>The services that were asked for.</summary>
    public IReadOnlyList<ServiceView> Services => _allServices;

    /// <summary>The transports that they use.</summary>
    public IReadOnlyList<TransportView> Transports => _allTransports;

    /// <summary>The name of a route's service.</summary>
    public string Of(Site site, ProxyAction proxy)
    {
        Upstream upstream = proxy.Upstream;
        string transport = Transport(proxy);
        string flush = proxy.FlushInterval is { Ticks: > 0 } interval ? TraefikUnits.Time(interval) : "-1ms";
        bool ownHost = proxy.Host.Kind == HostHeaderKind.Upstream;
        bool secure = upstream.Balance.Policy == BalancePolicy.Cookie && site.Tls is not null;
        string content = $"{upstream.Name}\n{transport} {flush} {ownHost} {secure}";
        if (!_services.TryGetValue(content, out string? name))
        {
            _services[content] = name = names.Unique(Wish(upstream));
            _allServices.Add(
                new ServiceView
                {
                    Name = name,
                    Servers =
                    [
                        .. upstream
                            .Servers.Where(static server => !server.Down)
                            .Select(static server => new ServerView(TraefikQuoting.Scalar(server.Address.ToString()), server.Weight)),
                    ],
                    Strategy = upstream.Balance.Policy switch
                    {
                        BalancePolicy.LeastConn => "p2c",
                        BalancePolicy.IpHash => "hrw",
                        _ => null,
                    },
                    Sticky = upstream.Balance is { Policy: BalancePolicy.Cookie, Key: { } cookie }
                        ? new StickyView(TraefikQuoting.Scalar(cookie), secure)
                        : null,
                    Health = upstream.ActiveHealth is { } health ? Of(health) : null,
                    PassiveHealth = upstream.PassiveHealth is { } passive
                        ? new PassiveHealthView(passive.MaxFails, TraefikUnits.Time(passive.FailFor))
                        : null,
                    OwnHost = ownHost,
                    FlushInterval = flush,
                    Transport = transport,
                }
            );
        }

        return name;
    }

    private static HealthView Of(ActiveHealth health) =>
        new(
            TraefikQuoting.Scalar(health.Path),
            TraefikUnits.Time(health.Interval),
            TraefikUnits.Time(health.Timeout),
            health.Status is [{ IsSingle: true } only] ? only.First : null
        );

    private static string Wish(Upstream upstream) =>
        TraefikNames.Of(upstream.IsInline && upstream.Servers is [var only] ? only.Address.HostPort : upstream.Name, "upstream");

    private string Transport(ProxyAction proxy)
    {
        Upstream upstream = proxy.Upstream;
        UpstreamTls? tls = upstream.Scheme == ServerScheme.Https ? upstream.Tls : null;
        var view = new TransportView
        {
            Name = "",
            Connect = TraefikUnits.Time(proxy.Timeouts.Connect),
            Head = TraefikUnits.Time(upstream.ResponseHeaderTimeout ?? proxy.ReadTimeout),
            Idle = upstream.Keepalive is { Idle: > 0 } kept ? TraefikUnits.Time(kept.Timeout) : null,
            MostIdle = upstream.Keepalive is { } keepalive
                ? keepalive.Idle == 0
                    ? -1
                    : keepalive.Idle
                : null,
            Unverified = tls is { Verify: false },
            ServerName = tls?.ServerName is { } name ? TraefikQuoting.Scalar(name) : null,
            Ca = tls?.Ca is { } ca ? TraefikQuoting.Scalar(ca) : null,
            Certificate = tls is { Cert: { } cert, Key: { } key }
                ? new CertificateView(TraefikQuoting.Scalar(cert), TraefikQuoting.Scalar(key))
                : null,
        };
        string content = view.ToString();
        if (!_transports.TryGetValue(content, out string? made))
        {
            string wish = tls is null ? $"head-{view.Head}" : Wish(upstream);
            _transports[content] = made = _transportNames.Unique(wish);
            _allTransports.Add(view with { Name = made });
        }

        return made;
    }
}

using Confgen.Model;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;

namespace Confgen.Cli.Testing.OnPrograms;

/// <summary>
/// A spec as it can be run on this machine beside anything else: on free ports of the loopback, with stand-ins for its upstreams, a
/// certificate made for the occasion, and no log. What decides on a request, its routes, guards and headers, stays as written.
/// </summary>
internal sealed class StagedSpec
{
    private readonly AddressMapping _disguise;
    private readonly MockUpstreams _standIns;
    private readonly StagedFiles _files;
    private readonly Dictionary<string, Upstream> _upstreams = new(StringComparer.Ordinal);
    private readonly int _tests;
    private readonly HashSet<string> _scripts = [];

    private StagedSpec(AddressMapping disguise, MockUpstreams standIns, StagedFiles files, int tests)
    {
        _disguise = disguise;
        _standIns = standIns;
        _files = files;
        _tests = tests;
    }

    /// <summary>Stages a spec. The clients of its tests must be known to the disguise.</summary>
    public static Spec Of(Spec spec, AddressMapping disguise, MockUpstreams standIns, StagedFiles files) =>
        new StagedSpec(disguise, standIns, files, spec.Tests.Count).Whole(spec);

    private Spec Whole(Spec spec)
    {
        if (_standIns.RunsScripts)
        {
            _scripts.UnionWith(
                spec.Sites.SelectMany(s => s.Routes)
                    .Select(r => r.Action)
                    .OfType<ProxyAction>()
                    .Where(a => a.FastCgi is not null)
                    .Select(a => a.Upstream.Name)
            );
        }

        return spec with
        {
            TrustedProxies = _disguise.Networks(spec.TrustedProxies).ToValueList(),
            Upstreams = spec.Upstreams.Select(Stage).ToValueList(),
            Sites = spec.Sites.Select(Stage).ToValueList(),
            Targets = spec.Targets.Select(Stage).ToValueList(),

            // A portal's listener is open to everybody, and no test asks a stream.
            Tunnels = [],
            Streams = [],
        };
    }

    // The user that it runs as is whoever tests.
    private static TargetSettings Stage(TargetSettings settings) =>
        settings with
        {
            Values = settings.Values.Where(v => v.Key != "user").ToDictionary(v => v.Key, v => v.Value, StringComparer.Ordinal),
        };

    private Site Stage(Site site) =>
        site with
        {
            Listen = site.Listen.Select(Stage).ToValueList(),
            RedirectHttp = site.RedirectHttp is { } redirect ? redirect with { Port = _disguise.Port(redirect.Port) } : null,
            Tls = site.Tls is { } tls
                ? tls with
                {
                    Source = CertificateSource.Files,
                    Cert = _files.Certificate,
                    Key = _files.Key,
                    ClientCa = null,
                }
                : null,
            Http3 = false,
            Log = new AccessLog { Format = AccessLogFormat.Off },
            Routes = site.Routes.Select(Stage).ToValueList(),
        };

    private ListenAddress Stage(ListenAddress listen) =>
        listen.SocketPath is { } path
            ? listen with
            {
                SocketPath = _files.Socket(path),
            }
            : listen with
            {
                Address = _disguise.Listening(listen.Address).ToString(),
                Port = _disguise.Port(listen.Port),
            };

    private Route Stage(Route route) =>
        route with
        {
            Action = route.Action switch
            {
                ProxyAction { Tunnel: { } tunnel } proxy => proxy with
                {
                    Tunnel = null,
                    FilesFirst = proxy.FilesFirst is { } first ? Stage(first) : null,
                    Upstream = Stage(
                        new Upstream
                        {
                            Name = "tunnel:" + tunnel,
                            At = proxy.At,
                            Servers = [new UpstreamServer { Address = new ServerAddress(ServerScheme.Http, "127.0.0.1", 80) }],
                        }
                    ),
                },

                ProxyAction { FastCgi: { } fastCgi } proxy when _standIns.RunsScripts => proxy with
                {
                    FastCgi = fastCgi with { LocalRoot = _files.Directory(fastCgi.LookupRoot) },
                    Upstream = Stage(proxy.Upstream),
                    FilesFirst = proxy.FilesFirst is { } first ? Stage(first) : null,
                },

                // The stand-ins speak HTTP: which route responds is what is asked.
                ProxyAction proxy => proxy with
                {
                    FastCgi = null,
                    Upstream = Stage(proxy.Upstream),
                    FilesFirst = proxy.FilesFirst is { } first ? Stage(first) : null,
                },
                FilesAction files => Stage(files),
                var other => other,
            },
            Log = null,
            Errors = route.Errors with { Pages = route.Errors.Pages.Select(Stage).ToValueList() },
            Match = Stage(route.Match) with { Not = route.Match.Not.Select(Stage).ToValueList() },
            Access = route.Access with
            {
                Allow = _disguise.Networks(route.Access.Allow).ToValueList(),
                Deny = _disguise.Networks(route.Access.Deny).ToValueList(),
            },
            ForwardAuth = route.ForwardAuth is { } auth
                ? auth with
                {
                    Server = _standIns.Add(upstream: null, auth.Server),
                    Tls = new UpstreamTls(),
                }
                : null,

            // One test must not use up what the next one needs.
            RateLimit = route.RateLimit is { } rate ? rate with { Burst = rate.Burst + _tests } : null,
        };

    private RouteConditions Stage(RouteConditions match) => match with { Clients = _disguise.Networks(match.Clients).ToValueList() };

    private FilesAction Stage(FilesAction files) => files with { Root = _files.Directory(files.Root) };

    private ErrorPage Stage(ErrorPage page) =>
        page with
        {
            File = page.File is { } file ? _files.File(file) : null,
            Proxy = page.Proxy is { } upstream ? Stage(upstream) : null,
        };

    private Upstream Stage(Upstream upstream)
    {
        if (!_upstreams.TryGetValue(upstream.Name, out Upstream? staged))
        {
            IEnumerable<UpstreamServer> servers = upstream.Discover is null
                ? upstream.Servers
                : [new UpstreamServer { Address = new ServerAddress(ServerScheme.Http, upstream.Discover.Name, 80) }];
            _upstreams[upstream.Name] = staged = upstream with
            {
                Servers = servers
                    .Select(s => s with { Address = _standIns.Add(upstream.Name, s.Address, _scripts.Contains(upstream.Name)) })
                    .ToValueList(),
                Discover = null,
                ActiveHealth = null,
                Tls = new UpstreamTls(),
            };
        }

        return staged;
    }
}

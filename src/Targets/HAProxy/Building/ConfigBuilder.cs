using Confgen.Compiler.Rendering;
using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Model.Sites;
using Confgen.Model.Upstreams;
using Confgen.Targets.HAProxy.Views;

namespace Confgen.Targets.HAProxy.Building;

/// <summary>Makes the view of a spec that the capabilities let pass.</summary>
internal sealed class ConfigBuilder
{
    // Room for what rules add to a head.
    private const long Rewriting = 8192;

    private readonly RenderContext _context;
    private readonly HAProxyTexts _texts;
    private readonly HAProxyCertificates _certificates;
    private readonly HAProxyNames _names = new();
    private readonly Dictionary<Site, string> _sites = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Site, IReadOnlyList<(string Backend, Route? Route)>> _routes = new(ReferenceEqualityComparer.Instance);

    private ConfigBuilder(RenderContext context)
    {
        _context = context;
        _texts = new HAProxyTexts(context);
        _certificates = new HAProxyCertificates(_texts, context.Version);
    }

    /// <summary>The view; what can't be written is reported.</summary>
    public static HAProxyView Build(RenderContext context) => new ConfigBuilder(context).Build();

    private HAProxyView Build()
    {
        foreach (Site site in _context.Spec.Sites)
        {
            _sites[site] = _names.Unique(HAProxyNames.Of(site));
        }

        var users = new UserLists(_texts, _names);
        var builder = new BackendBuilder(_texts, _certificates, users, OwnAddress());
        var backends = new BackendTable(_names);
        foreach (Site site in _context.Spec.Sites)
        {
            _routes[site] =
            [
                .. RoutesOf(site)
                    .Select(route =>
                        (backends.NameOf(builder, site, _sites[site], route), ReferenceEquals(route, RouteTable.NoRoute) ? null : route)
                    ),
            ];
        }

        var frontends = new FrontendBuilder(_context.Spec, _texts, _certificates, site => _sites[site], site => _routes[site]);
        List<FrontendView> listeners =
        [
            .. Listeners
                .Of(_context.Spec)
                .Select(each => frontends.Of(each, _names.Unique("listen:" + HAProxyNames.Of(each.Address.ToString(), "any")))),
        ];
        var streams = new StreamSections(_texts, _names, new ServerLines(_texts, _certificates, OwnAddress()));
        StreamSectionView[] sections = [.. _context.Spec.Streams.SelectMany(streams.Of)];
        VariableView[] variables = [.. _texts.Variables.Select(static each => new VariableView(each.Key, each.Value))];
        return new HAProxyView
        {
            Version = _context.Version.ToString(),
            BufferSize = Rewriting + Largest(),
            KeysBesideCertificates = _certificates.BesideCertificates,
            Certificates = _certificates.Stored,
            Lists = frontends.Lists,
            UserLists = users.All,
            Resolvers = Resolvers.Of(_context.Spec),
            TrustedProxies = [.. _context.Spec.TrustedProxies.Select(static block => block.ToString())],
            Proxies = backends.All.Any(static backend => backend.IsProxied),
            TellsNoBody = _context.Version < HAProxyNotes.LengthsKept,
            Frontends = [.. listeners.Select(each => each with { Variables = variables })],
            Backends = backends.All,
            Maps = frontends.Maps,
            Streams = sections,
        };
    }

    // The first listener with a port.
    private string OwnAddress() =>
        Listeners
            .Of(_context.Spec)
            .Select(static each => each.Address)
            .Concat(_context.Spec.Streams.SelectMany(static stream => stream.Listen))
            .FirstOrDefault(static each => each.SocketPath is null)
            is { } at
            ? string.Create(null, $"addr {at.Address ?? "127.0.0.1"} port {at.Port}")
            : "";

    private static IEnumerable<Route> RoutesOf(Site site) =>
        RouteTable.InOrder(site.Routes).Concat(RouteTable.LeavesRest(site.Routes) ? [RouteTable.NoRoute] : []);

    // A buffer holds a whole head, and a whole response of the file.
    private long Largest()
    {
        IEnumerable<UpstreamBuffers> buffers = _context
            .Spec.Sites.SelectMany(static site => site.Routes)
            .Select(static route => route.Proxy?.Upstream.Buffers)
            .OfType<UpstreamBuffers>();
        return _context
            .Spec.Sites.Select(static site => site.Limits.Head)
            .Concat(buffers.SelectMany(static buffer => new[] { buffer.Read ?? 0, buffer.Write ?? 0 }))
            .Append(BackendBuilder.LongestBody(_context.Spec.Sites))
            .Append(ErrorReplies.LongestBody(_context.Spec.Sites))
            .Append(_context.Spec.Streams.Count > 0 ? StreamSections.HelloSize : 0)
            .Max();
    }
}

using Confgen.Compiler.Binding.Sites;
using Confgen.Compiler.Language;
using Confgen.Compiler.Syntax;
using Confgen.Model.Routes;
using Confgen.Model.Units;

namespace Confgen.Compiler.Binding.Routes;

/// <summary>Binds how a route forwards.</summary>
internal static class ProxyBinder
{
    public static ProxyAction? Bind(BindingContext c, ObjectReader o, SyntaxNode node, Inherited inherited)
    {
        (Model.Upstreams.Upstream Upstream, string? Tunnel)? target = UpstreamReference.Bind(c, node);
        FastCgiBinder.CheckHttp(c, node, target?.Upstream);
        var action = new ProxyAction
        {
            At = inherited.At,
            Upstream = target?.Upstream ?? new Model.Upstreams.Upstream { Name = "" },
            Tunnel = target?.Tunnel,
            Sse = o.Read(RouteFields.Sse),
            WebSocket = inherited.WebSocket,
            Timeouts = inherited.Timeouts,
            FlushInterval = o.Find(RouteFields.FlushInterval),
            Host = OfService(c, target?.Tunnel, o.Get(RouteFields.Host) is { } host ? BindHost(c, host) : HostHeader.Preserve),
            FilesFirst = FilesBinder.BindFirst(c, o.Get(RouteFields.FilesFirst)),
            ResponseRewrite = ResponseRewriteBinder.Bind(c, o.Get(RouteFields.RewriteResponse)),
        };
        return target is null ? null : action;
    }

    // The servers of a tunnel are its ends; the upstream whose name is meant is the service behind it.
    private static HostHeader OfService(BindingContext c, string? tunnel, HostHeader host)
    {
        if (
            tunnel is null
            || host.Kind != HostHeaderKind.Upstream
            || c.Tunnels.GetValueOrDefault(tunnel) is not { Bridge.Forward: var service }
        )
        {
            return host;
        }

        int usual = service.Scheme == ServerScheme.Https ? 443 : 80;
        string name =
            service.SocketPath is not null ? "localhost"
            : service.Port == usual ? service.HostPort[..service.HostPort.LastIndexOf(':')]
            : service.HostPort;
        return new HostHeader(HostHeaderKind.Literal, name);
    }

    private static HostHeader BindHost(BindingContext c, SyntaxNode node)
    {
        switch (ScalarReader.Text(c, node, "preserve, upstream or a host"))
        {
            case null or "preserve":
                return HostHeader.Preserve;
            case "upstream":
                return new HostHeader(HostHeaderKind.Upstream);
            case var text when ServerAddress.TryParse("http://" + text, out _, out _):
                return new HostHeader(HostHeaderKind.Literal, text);
            case var text:
                c.Diagnostics.Report(HostReader.BadHost, node.Span, $"invalid host with an optional port '{text}'");
                return HostHeader.Preserve;
        }
    }
}

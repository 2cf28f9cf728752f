using Confgen.Compiler.Binding.Routes;
using Confgen.Compiler.Language;
using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;

namespace Confgen.Compiler.Binding.Upstreams;

/// <summary>Binds an upstream: its long form, or a URL alone.</summary>
internal static class UpstreamBinder
{
    public static readonly Rule NoServers = new("CFG0120", "no-servers", Severity.Error, "An upstream without servers")
    {
        Why = "An upstream lists its `servers`, or says how to `discover` them; one of the two, not both.",
        Bad = "upstreams:\n  app: { servers: [] }\nsites:\n  - { host: a.example.com, proxy: app }\n",
        Good = "upstreams:\n  app: { servers: [\"http://127.0.0.1:3000\"] }\nsites:\n  - { host: a.example.com, proxy: app }\n",
    };

    public static readonly Rule MixedSchemes = new(
        "CFG0121",
        "mixed-schemes",
        Severity.Error,
        "Servers of one upstream speak different protocols"
    )
    {
        Why = "Which protocol a request is sent in can't depend on the server that is chosen. Make two upstreams.",
        Bad =
            "upstreams:\n  app: { servers: [\"http://127.0.0.1:3000\", \"h2c://127.0.0.1:3001\"] }\nsites:\n"
            + "  - { host: a.example.com, proxy: app }\n",
        Good =
            "upstreams:\n  app: { servers: [\"http://127.0.0.1:3000\", \"http://127.0.0.1:3001\"] }\nsites:\n"
            + "  - { host: a.example.com, proxy: app }\n",
    };

    public static Upstream Bind(BindingContext c, string name, SyntaxNode node)
    {
        if (node is ScalarSyntax)
        {
            return Short(c, name, node, isInline: false);
        }

        ObjectReader o = ObjectReader.Open(c, node, UpstreamFields.Schema);
        var servers = o.List(UpstreamFields.Servers, item => ServerBinder.Bind(c, item));
        bool discovers = o.Has(UpstreamFields.Discover);
        if (
            servers.Count == 0 == !discovers
            && node is MapSyntax
            && !o.Meant(UpstreamFields.Servers)
            && (discovers || o.Elements(UpstreamFields.Servers).Count == 0)
        )
        {
            string message = discovers ? "both 'servers' and 'discover'" : $"the upstream '{name}' has no servers";
            c.Diagnostics.Report(NoServers, node.Span, message, "add 'servers: [http://127.0.0.1:3000]', or 'discover'");
        }

        // A socket speaks what the other servers do: HTTP, or FastCGI.
        UpstreamServer? first =
            servers.FirstOrDefault(s => s.Address.Scheme == ServerScheme.FastCgi) ?? (servers.Count > 0 ? servers[0] : null);
        foreach (UpstreamServer server in servers)
        {
            bool isScript = first?.Address.Scheme == ServerScheme.FastCgi && server.Address.Scheme == ServerScheme.Unix;
            if (Wire(server) != Wire(first!) && !isScript)
            {
                c.Diagnostics.Report(
                    MixedSchemes,
                    server.At.Span,
                    $"'{server.Address}' beside '{first!.Address}' in one upstream",
                    "make an upstream of each"
                );
            }
        }

        HealthBinder.Result health = HealthBinder.Bind(c, o.Get(UpstreamFields.Health));
        return c.Written(
            new Upstream
            {
                At = o.Source,
                Name = name,
                Servers = servers,
                Discover = o.Get(UpstreamFields.Discover) is { } discover ? DiscoverBinder.Bind(c, discover) : null,
                Balance = o.Get(UpstreamFields.Balance) is { } balance
                    ? BalanceBinder.Bind(c, balance)
                    : new Balance(BalancePolicy.RoundRobin),
                ActiveHealth = health.Active,
                PassiveHealth = health.Passive,
                Retries = o.Read(UpstreamFields.Retries),
                RetryOn = o.List(UpstreamFields.RetryOn, node => StatusReader.Bind(c, node)),
                Keepalive = o.Get(UpstreamFields.Keepalive) is { } keepalive ? KeepaliveBinder.Bind(c, keepalive) : null,
                Tls = o.Get(UpstreamFields.Tls) is { } tls ? UpstreamTlsBinder.Bind(c, tls) : new UpstreamTls(),
                Buffers = o.Get(UpstreamFields.Buffers) is { } buffers ? BuffersBinder.Bind(c, buffers) : null,
                ResponseHeaderTimeout = o.Find(UpstreamFields.ResponseHeaderTimeout),
            }
        );
    }

    /// <summary>An upstream of one server, from its URL.</summary>
    public static Upstream Inline(BindingContext c, string name, SyntaxNode url) => Short(c, name, url, isInline: true);

    private static Upstream Short(BindingContext c, string name, SyntaxNode url, bool isInline)
    {
        UpstreamServer? server = ServerBinder.Bind(c, url);
        return c.Written(
            new Upstream
            {
                At = ObjectReader.OfShort(url, UpstreamFields.Schema, UpstreamFields.Servers),
                Name = name,
                IsInline = isInline,
                Servers = server is null ? [] : [server],
            }
        );
    }

    // A unix socket carries plain HTTP, so it may stand beside http:// servers.
    private static ServerScheme Wire(UpstreamServer server) =>
        server.Address.Scheme == ServerScheme.Unix ? ServerScheme.Http : server.Address.Scheme;
}

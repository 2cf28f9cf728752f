using Confgen.Compiler.Schema;
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

    public static readonly Rule MixedSchemes = new("CFG0121", "mixed-schemes", Severity.Error, "Servers of one upstream speak different protocols")
    {
        Why = "Which protocol a request is sent in can't depend on the server that is chosen. Make two upstreams.",
        Bad = "upstreams:\n  app: { servers: [\"http://127.0.0.1:3000\", \"h2c://127.0.0.1:3001\"] }\nsites:\n  - { host: a.example.com, proxy: app }\n",
        Good = "upstreams:\n  app: { servers: [\"http://127.0.0.1:3000\", \"http://127.0.0.1:3001\"] }\nsites:\n  - { host: a.example.com, proxy: app }\n",
    };

    public static readonly ObjectSchema Schema = new(
        "upstream",
        "A group of servers that routes proxy to.",
        new("servers", new TypeSchema.ListOf(new TypeSchema.AnyOf(TypeSchema.Url, new TypeSchema.Fields(() => ServerBinder.Schema)), AllowSingle: true) { NotEmpty = true }, "The servers, all of one scheme: `http://`, `https://`, `h2c://` or `unix:`.") { Example = "[http://127.0.0.1:3000]" },
        new("discover", new TypeSchema.Fields(() => DiscoverBinder.Schema), "Takes the servers from DNS instead of a list."),
        new("balance", BalanceBinder.Type, "How a server is chosen for a request.") { Default = "round_robin", Example = "least_conn" },
        new("health", new TypeSchema.Fields(() => HealthBinder.Schema), "When a server is out of service."),
        new("retries", TypeSchema.Integer, "How many other servers are tried after a connect failure. A request whose bytes were sent is replayed only if its method is idempotent.") { Default = "1" },
        new("keepalive", new TypeSchema.Fields(() => KeepaliveBinder.Schema), "Idle connections kept for reuse; the program's own unless written."),
        new("tls", new TypeSchema.Fields(() => UpstreamTlsBinder.Schema), "How TLS is spoken to `https://` servers."),
        new("buffers", new TypeSchema.Fields(() => BuffersBinder.Schema), "Sizes of the buffers to and from the servers; the program's own unless written."),
        new("response_header_timeout", TypeSchema.Duration, "Longest wait for the head of an answer; over it 504. The route's `timeouts.read` unless written.") { Example = "30s" })
    {
        OneIsRequired = ["servers", "discover"],
        NotBeside = [("servers", ["discover"])],
    };

    public static Upstream Bind(BindingContext c, string name, SyntaxNode node)
    {
        if (node is ScalarSyntax)
        {
            return Short(c, name, node, isInline: false);
        }

        ObjectReader o = ObjectReader.Open(c, node, Schema);
        var servers = o.List("servers", item => ServerBinder.Bind(c, item));
        bool discovers = o.Has("discover");
        if (servers.Count == 0 == !discovers && node is MapSyntax && !o.Meant("servers") && (discovers || o.Elements("servers").Count == 0))
        {
            string message = discovers ? "both 'servers' and 'discover'" : $"the upstream '{name}' has no servers";
            c.Diagnostics.Report(NoServers, node.Span, message, "add 'servers: [http://127.0.0.1:3000]', or 'discover'");
        }

        foreach (UpstreamServer server in servers)
        {
            if (Wire(server) != Wire(servers[0]))
            {
                c.Diagnostics.Report(MixedSchemes, server.At.Span, $"'{server.Address}' beside '{servers[0].Address}' in one upstream", "make an upstream of each");
            }
        }

        HealthBinder.Result health = HealthBinder.Bind(c, o.Get("health"));
        return c.Written(new Upstream
        {
            At = o.Source,
            Name = name,
            Servers = servers,
            Discover = o.Get("discover") is { } discover ? DiscoverBinder.Bind(c, discover) : null,
            Balance = o.Get("balance") is { } balance ? BalanceBinder.Bind(c, balance) : new Balance(BalancePolicy.RoundRobin),
            ActiveHealth = health.Active,
            PassiveHealth = health.Passive,
            Retries = o.Integer("retries", 1, 0, 100),
            Keepalive = o.Get("keepalive") is { } keepalive ? KeepaliveBinder.Bind(c, keepalive) : null,
            Tls = o.Get("tls") is { } tls ? UpstreamTlsBinder.Bind(c, tls) : new UpstreamTls(),
            Buffers = o.Get("buffers") is { } buffers ? BuffersBinder.Bind(c, buffers) : null,
            ResponseHeaderTimeout = o.Duration("response_header_timeout", TimeSpan.FromMilliseconds(1)),
        });
    }

    /// <summary>An upstream of one server, from its URL.</summary>
    public static Upstream Inline(BindingContext c, string name, SyntaxNode url) => Short(c, name, url, isInline: true);

    private static Upstream Short(BindingContext c, string name, SyntaxNode url, bool isInline)
    {
        UpstreamServer? server = ServerBinder.Bind(c, url);
        return c.Written(new Upstream
        {
            At = ObjectReader.OfShort(url, Schema, "servers"),
            Name = name,
            IsInline = isInline,
            Servers = server is null ? [] : [server],
        });
    }

    // A unix socket carries plain HTTP, so it may stand beside http:// servers.
    private static ServerScheme Wire(UpstreamServer server) => server.Address.Scheme == ServerScheme.Unix ? ServerScheme.Http : server.Address.Scheme;
}

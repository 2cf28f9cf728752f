using Confgen.Compiler.Binding.Sites;
using Confgen.Compiler.Binding.Upstreams;
using Confgen.Compiler.Schema;
using Confgen.Compiler.Syntax;
using Confgen.Model.Sites;
using Confgen.Model.Tunnels;
using Confgen.Model.Units;

namespace Confgen.Compiler.Binding.Tunnels;

/// <summary>Binds a reverse tunnel.</summary>
internal static class TunnelBinder
{
    public static readonly ObjectSchema Portal = new(
        "tunnel.portal",
        "The public side of a tunnel.",
        new("listen", new TypeSchema.Scalar("listener"), "Where bridges connect.") { Required = true, Example = "1024" },
        new("public", new TypeSchema.Scalar("host"), "The name or address under which bridges reach the portal.") { Required = true, Example = "tunnel.example.com" });

    public static readonly ObjectSchema Bridge = new(
        "tunnel.bridge",
        "The private side of a tunnel.",
        new("forward", TypeSchema.Url, "The service that is published.") { Required = true, Example = "http://127.0.0.1:80" },
        new("connections", TypeSchema.Integer, "Connections kept to the portal.") { Default = "4" });

    public static readonly ObjectSchema Schema = new(
        "tunnel",
        "A reverse tunnel: the bridge, on a private host, dials out to the portal, on a public one; a route uses it by `proxy: tunnel:NAME`.",
        new("portal", new TypeSchema.Fields(() => Portal), "The public side.") { Required = true },
        new("bridge", new TypeSchema.Fields(() => Bridge), "The private side.") { Required = true },
        new("domain", new TypeSchema.Scalar("host"), "The name of the control traffic in V2Ray output.") { Default = "NAME.tunnel.internal" },
        new("secret", TypeSchema.Text, "What both sides know: at least 16 characters, best from the environment.") { Required = true, Example = "${TUNNEL_SECRET}" },
        new("id", TypeSchema.Text, "The UUID of V2Ray's client; derived from the secret unless written."));

    public static Tunnel? Bind(BindingContext c, string name, SyntaxNode node)
    {
        ObjectReader o = ObjectReader.Open(c, node, Schema);
        TunnelPortal? portal = o.Get("portal") is { } p ? BindPortal(c, p) : null;
        TunnelBridge? bridge = o.Get("bridge") is { } b ? BindBridge(c, b) : null;
        string? secret = o.Text("secret");
        string? id = o.Text("id");
        if (secret is { Length: < 16 } && o.Get("secret") is { } place)
        {
            c.Diagnostics.Report(ValueRules.BadValue, place.Span, "a secret of under 16 characters can be guessed", "make one with 'openssl rand -hex 16'");
        }

        if (id is not null && !Guid.TryParseExact(id, "D", out _))
        {
            c.Diagnostics.Report(ValueRules.BadValue, o.Get("id")?.Span ?? node.Span, $"'{id}' is no UUID", "as 5783a3e7-e373-51cd-8642-c83782b807c5");
        }

        string domain = o.Get("domain") is { } d ? HostReader.Name(c, d) ?? "" : name.ToLowerInvariant() + ".tunnel.internal";
        return portal is null || bridge is null || secret is null ? null : c.Written(new Tunnel
        {
            At = o.Source,
            Name = name,
            Portal = portal,
            Bridge = bridge,
            Domain = domain,
            Secret = secret,
            Id = id,
        });
    }

    private static TunnelPortal? BindPortal(BindingContext c, SyntaxNode node)
    {
        ObjectReader o = ObjectReader.Open(c, node, Portal);
        ListenAddress? listen = o.Get("listen") is { } l ? ListenReader.Bind(c, l) : null;
        string? name = o.Get("public") is { } n ? HostReader.Name(c, n) : null;
        return listen is null || name is null ? null : c.Written(new TunnelPortal { At = o.Source, Listen = listen, Public = name });
    }

    private static TunnelBridge? BindBridge(BindingContext c, SyntaxNode node)
    {
        ObjectReader o = ObjectReader.Open(c, node, Bridge);
        ServerAddress? forward = o.Get("forward") is { } f ? ServerBinder.Address(c, f) : null;
        int connections = o.Integer("connections", 4, 1, 1000);
        return forward is null ? null : c.Written(new TunnelBridge { At = o.Source, Forward = forward, Connections = connections });
    }
}

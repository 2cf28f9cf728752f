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
    private const string Loopback = "127.0.0.1";

    public static readonly ObjectSchema Portal = new(
        "tunnel.portal",
        "The public side of a tunnel.",
        new("listen", new TypeSchema.Scalar("listener"), "Where bridges connect.") { Required = true, Example = "1024" },
        new("public", new TypeSchema.Scalar("host"), "The name or address under which bridges reach the portal.") { Required = true, Example = "tunnel.example.com" },
        new("entry", new TypeSchema.Scalar("listener"), "Where V2Ray's portal takes requests for the service: a web server in front forwards to it. On loopback unless an address says otherwise.") { Default = "the port after listen's", Example = "1025" },
        new("tls", new TypeSchema.Fields(() => Tls), "The certificate that the portal shows to bridges; plain TCP without."));

    public static readonly ObjectSchema Tls = new(
        "tunnel.portal.tls",
        "TLS between a bridge and its portal.",
        new("cert", TypeSchema.Path, "The PEM file with the certificate chain; it holds the name under `public`.") { Required = true, Example = "/etc/ssl/tunnel.pem" },
        new("key", TypeSchema.Path, "The PEM file with the private key.") { Required = true, Example = "/etc/ssl/tunnel.key" });

    public static readonly ObjectSchema Bridge = new(
        "tunnel.bridge",
        "The private side of a tunnel.",
        new("forward", TypeSchema.Url, "The service that is published.") { Required = true, Example = "http://127.0.0.1:80" },
        new("connections", TypeSchema.Integer, "Connections kept to the portal.") { Default = "4" },
        new("ca", TypeSchema.Path, "A PEM file with the authorities that the portal's certificate is verified by; the system's unless written.") { Example = "ca.pem" });

    public static readonly ObjectSchema Schema = new(
        "tunnel",
        "A reverse tunnel: the bridge, on a private host, dials out to the portal, on a public one; a route uses it by `proxy: tunnel:NAME`.",
        new("portal", new TypeSchema.Fields(() => Portal), "The public side.") { Required = true },
        new("bridge", new TypeSchema.Fields(() => Bridge), "The private side.") { Required = true },
        new("domain", new TypeSchema.Scalar("host"), "The name of the control traffic in V2Ray output.") { Default = "NAME.tunnel.internal" },
        new("secret", TypeSchema.Text, "What both sides know: at least 16 characters, best from the environment.") { Required = true, Example = "${TUNNEL_SECRET}" },
        new("id", TypeSchema.Text, "The UUID of V2Ray's client; derived from the secret unless written."));

    /// <summary>Binds a tunnel.</summary>
    /// <param name="c">The binding under way.</param>
    /// <param name="name">Its name.</param>
    /// <param name="node">Its map.</param>
    /// <param name="entries">The ports of the earlier tunnels' entries: a default takes none of them.</param>
    public static Tunnel? Bind(BindingContext c, string name, SyntaxNode node, ISet<int> entries)
    {
        ObjectReader o = ObjectReader.Open(c, node, Schema);
        TunnelPortal? portal = o.Get("portal") is { } p ? BindPortal(c, p, entries) : null;
        TunnelBridge? bridge = o.Get("bridge") is { } b ? BindBridge(c, b) : null;
        string? secret = o.Text("secret");
        string? id = o.Text("id");
        if (secret is { Length: < 16 } && o.Get("secret") is { } place)
        {
            c.Diagnostics.Report(ValueRules.BadValue, place.Span, "a secret of under 16 characters can be guessed", "make one with 'openssl rand -hex 16'");
        }

        if (id is not null && !Guid.TryParseExact(id, "D", out _))
        {
            // The text isn't shown: it may be the secret.
            c.Diagnostics.Report(ValueRules.BadValue, o.Get("id")?.Span ?? node.Span, "the id is no UUID", $"leave it out to have it derived from the secret, or take this new one: {Guid.NewGuid()}");
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

    private static TunnelPortal? BindPortal(BindingContext c, SyntaxNode node, ISet<int> entries)
    {
        ObjectReader o = ObjectReader.Open(c, node, Portal);
        ListenAddress? listen = o.Get("listen") is { } l ? ListenReader.Bind(c, l) : null;
        string? name = o.Get("public") is { } n ? HostReader.Name(c, n) : null;
        ListenAddress? entry = o.Get("entry") is { } e ? BindEntry(c, e) : listen is null ? null : DefaultEntry(c, o, listen, entries);
        TunnelTls? tls = o.Get("tls") is { } t ? BindTls(c, t) : null;
        if (listen is null || name is null || entry is null)
        {
            return null;
        }

        entries.Add(entry.Port);
        return c.Written(new TunnelPortal { At = o.Source, Listen = listen, Public = name, Entry = entry, Tls = tls });
    }

    // A port alone means loopback here: whoever reaches the entry has passed no route, and so no guard.
    private static ListenAddress? BindEntry(BindingContext c, SyntaxNode node)
    {
        ListenAddress? entry = ListenReader.Bind(c, node);
        if (entry?.SocketPath is not null)
        {
            c.Diagnostics.Report(ValueRules.BadValue, node.Span, "an entry is a port, or an address with a port", "as 1025, or 0.0.0.0:80 to take requests without a web server in front");
            return null;
        }

        return entry is { Address: null } ? entry with { Address = Loopback } : entry;
    }

    private static ListenAddress? DefaultEntry(BindingContext c, ObjectReader o, ListenAddress listen, ISet<int> entries)
    {
        int port = listen.Port + 1;
        while (entries.Contains(port))
        {
            port++;
        }

        if (listen.SocketPath is not null || port > 65535)
        {
            c.Diagnostics.Report(ValueRules.MissingKey, o.Node.Span, "'entry' has no default here", "add 'entry: 1025'");
            return null;
        }

        return new ListenAddress { Address = Loopback, Port = port, At = listen.At };
    }

    private static TunnelTls? BindTls(BindingContext c, SyntaxNode node)
    {
        ObjectReader o = ObjectReader.Open(c, node, Tls);
        string? cert = FileReference.File(c, o.Get("cert"));
        string? key = FileReference.File(c, o.Get("key"));
        return cert is null || key is null ? null : c.Written(new TunnelTls { At = o.Source, Cert = cert, Key = key });
    }

    private static TunnelBridge? BindBridge(BindingContext c, SyntaxNode node)
    {
        ObjectReader o = ObjectReader.Open(c, node, Bridge);
        ServerAddress? forward = o.Get("forward") is { } f ? ServerBinder.Address(c, f) : null;
        int connections = o.Integer("connections", 4, 1, 1000);
        string? ca = FileReference.File(c, o.Get("ca"));
        return forward is null ? null : c.Written(new TunnelBridge { At = o.Source, Forward = forward, Connections = connections, Ca = ca });
    }
}

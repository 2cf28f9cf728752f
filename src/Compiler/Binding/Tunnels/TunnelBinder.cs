using Confgen.Compiler.Binding.Sites;
using Confgen.Compiler.Binding.Upstreams;
using Confgen.Compiler.Language;
using Confgen.Compiler.Syntax;
using Confgen.Model.Sites;
using Confgen.Model.Tunnels;
using Confgen.Model.Units;

namespace Confgen.Compiler.Binding.Tunnels;

/// <summary>Binds a reverse tunnel.</summary>
internal static class TunnelBinder
{
    private const string Loopback = "127.0.0.1";
    private const int UuidLength = 36;

    /// <summary>Binds a tunnel.</summary>
    /// <param name="c">The binding under way.</param>
    /// <param name="name">Its name.</param>
    /// <param name="node">Its map.</param>
    /// <param name="entries">The ports of the earlier tunnels' entries: a default takes none of them.</param>
    public static Tunnel? Bind(BindingContext c, string name, SyntaxNode node, ISet<int> entries)
    {
        ObjectReader o = ObjectReader.Open(c, node, TunnelFields.Schema);
        TunnelPortal? portal = o.Get(TunnelFields.Portal) is { } p ? BindPortal(c, p, entries) : null;
        TunnelBridge? bridge = o.Get(TunnelFields.Bridge) is { } b ? BindBridge(c, b) : null;
        string? secret = o.Text(TunnelFields.Secret);
        string? id = o.Text(TunnelFields.Id);
        if (secret is { Length: < 16 } && o.Get(TunnelFields.Secret) is { } place)
        {
            c.Diagnostics.Report(
                ValueRules.BadValue,
                place.Span,
                "a secret of fewer than 16 characters can be guessed",
                "make one with 'openssl rand -hex 16'"
            );
        }

        // The parser would pass blanks at either end.
        if (id is not null && (id.Length != UuidLength || !Guid.TryParseExact(id, "D", out _)))
        {
            // The text isn't shown: it may be the secret.
            c.Diagnostics.Report(
                ValueRules.BadValue,
                o.Get(TunnelFields.Id)?.Span ?? node.Span,
                "invalid UUID",
                $"leave it out to have it derived from the secret, or take this new one: {Guid.NewGuid()}"
            );
        }

        string domain = o.Get(TunnelFields.Domain) is { } d ? HostReader.Name(c, d) ?? "" : name.ToLowerInvariant() + ".tunnel.internal";
        return portal is null || bridge is null || secret is null
            ? null
            : c.Written(
                new Tunnel
                {
                    At = o.Source,
                    Name = name,
                    Portal = portal,
                    Bridge = bridge,
                    Domain = domain,
                    Secret = secret,
                    Id = id,
                }
            );
    }

    private static TunnelPortal? BindPortal(BindingContext c, SyntaxNode node, ISet<int> entries)
    {
        ObjectReader o = ObjectReader.Open(c, node, PortalFields.Schema);
        ListenAddress? listen = o.Get(PortalFields.Listen) is { } l ? ListenReader.Bind(c, l) : null;
        string? name = o.Get(PortalFields.Public) is { } n ? HostReader.Name(c, n) : null;
        ListenAddress? entry =
            o.Get(PortalFields.Entry) is { } e ? BindEntry(c, e)
            : listen is null ? null
            : DefaultEntry(c, o, listen, entries);
        TunnelTls? tls = o.Get(PortalFields.Tls) is { } t ? BindTls(c, t) : null;
        if (listen is null || name is null || entry is null)
        {
            return null;
        }

        entries.Add(entry.Port);
        return c.Written(
            new TunnelPortal
            {
                At = o.Source,
                Listen = listen,
                Public = name,
                Entry = entry,
                Tls = tls,
            }
        );
    }

    // A port alone means loopback here: whoever reaches the entry has passed no route, and so no guard.
    private static ListenAddress? BindEntry(BindingContext c, SyntaxNode node)
    {
        ListenAddress? entry = ListenReader.Bind(c, node);
        if (entry?.SocketPath is not null)
        {
            c.Diagnostics.Report(
                ValueRules.BadValue,
                node.Span,
                "an entry is a port, or an address with a port",
                "as 1025, or 0.0.0.0:80 to take requests without a web server in front"
            );
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

        return new ListenAddress
        {
            Address = Loopback,
            Port = port,
            At = listen.At,
        };
    }

    private static TunnelTls? BindTls(BindingContext c, SyntaxNode node)
    {
        ObjectReader o = ObjectReader.Open(c, node, PortalTlsFields.Schema);
        string? cert = FileReference.File(c, o.Get(PortalTlsFields.Cert));
        string? key = FileReference.File(c, o.Get(PortalTlsFields.Key));
        return cert is null || key is null
            ? null
            : c.Written(
                new TunnelTls
                {
                    At = o.Source,
                    Cert = cert,
                    Key = key,
                }
            );
    }

    private static TunnelBridge? BindBridge(BindingContext c, SyntaxNode node)
    {
        ObjectReader o = ObjectReader.Open(c, node, BridgeFields.Schema);
        ServerAddress? forward = o.Get(BridgeFields.Forward) is { } f ? ServerBinder.Address(c, f) : null;
        int connections = o.Read(BridgeFields.Connections);
        string? ca = FileReference.File(c, o.Get(BridgeFields.Ca));
        return forward is null
            ? null
            : c.Written(
                new TunnelBridge
                {
                    At = o.Source,
                    Forward = forward,
                    Connections = connections,
                    Ca = ca,
                }
            );
    }
}

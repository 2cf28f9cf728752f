using Confgen.Compiler.Binding.Routes;
using Confgen.Compiler.Binding.Sites;
using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Compiler.Syntax;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Streams;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;

namespace Confgen.Compiler.Binding.Streams;

/// <summary>Binds a stream.</summary>
internal static class StreamBinder
{
    // What is HTTP's or TLS', and what serves them alone.
    private static readonly Field[] _notOfStreams =
    [
        UpstreamFields.Discover,
        UpstreamFields.RetryOn,
        UpstreamFields.Keepalive,
        UpstreamFields.Tls,
        UpstreamFields.Buffers,
        UpstreamFields.ResponseHeaderTimeout,
    ];

    /// <summary>Binds a stream.</summary>
    public static TcpStream Bind(BindingContext c, string name, SyntaxNode node)
    {
        ObjectReader o = ObjectReader.Open(c, node, StreamFields.Schema);
        o.NotEmpty(StreamFields.Listen, "write the port");
        if (node is MapSyntax && !o.Has(StreamFields.Upstream) && !o.Has(StreamFields.Sni) && !o.Meant(StreamFields.Upstream))
        {
            c.Diagnostics.Report(
                ValueRules.MissingKey,
                node.Span,
                "neither 'upstream' nor 'sni' says where connections go",
                "add 'upstream: tcp://127.0.0.1:2525'"
            );
        }

        return c.Written(
            new TcpStream
            {
                At = o.Source,
                Name = name,
                Listen = o.List(StreamFields.Listen, n => ListenReader.Bind(c, n)),
                Upstream = o.Get(StreamFields.Upstream) is { } upstream ? BindUpstream(c, upstream) : null,
                Sni = BindSni(c, o),
                ProxyProtocol = o.Get(StreamFields.ProxyProtocol) is { } protocol ? BindProtocol(c, protocol) : new ProxyProtocol(),
                Timeouts = o.Get(StreamFields.Timeouts) is { } timeouts ? BindTimeouts(c, timeouts) : new StreamTimeouts(),
            }
        );
    }

    private static ValueList<SniRoute> BindSni(BindingContext c, ObjectReader o)
    {
        if (o.Get(StreamFields.Sni) is MapSyntax { Entries.Count: 0 } empty)
        {
            c.Diagnostics.Report(ValueRules.BadValue, empty.Span, "'sni' names no host", "add 'HOST: UPSTREAM', or leave it out");
        }

        var routes = new List<SniRoute>();
        foreach (EntrySyntax entry in o.Entries(StreamFields.Sni))
        {
            HostPattern? host = BindHost(c, entry.Key);
            Upstream? upstream = BindUpstream(c, entry.Value);
            if (host is not null && routes.Any(r => r.Host == host))
            {
                c.Diagnostics.Report(ValueRules.BadValue, entry.Key.Span, $"'{host}' is named twice", "keep one of them");
            }
            else if (host is not null && upstream is not null)
            {
                routes.Add(new SniRoute(host, upstream));
            }
        }

        return routes.ToValueList();
    }

    // A handshake names no address (RFC 6066, section 3).
    private static HostPattern? BindHost(BindingContext c, ScalarSyntax key)
    {
        if (key.Value is "_" or "default")
        {
            c.Diagnostics.Report(
                HostReader.BadHost,
                key.Span,
                $"invalid host '{key.Value}' under 'sni'",
                "write 'upstream' beside 'sni' for what no name takes; without it these connections are closed"
            );
            return null;
        }

        if (HostReader.Pattern(c, key) is not { } host)
        {
            return null;
        }

        if (host.Kind is HostPatternKind.Trailing || host.Name[0] == '[' || IpAddresses.TryParse(host.Name, out _))
        {
            c.Diagnostics.Report(
                HostReader.BadHost,
                key.Span,
                $"'{host}' can't be chosen by: a handshake has a full name, and no address",
                "write the name, as mail.example.com, or '*.example.com' for one label"
            );
            return null;
        }

        return host;
    }

    private static Upstream? BindUpstream(BindingContext c, SyntaxNode node)
    {
        if (UpstreamReference.Bind(c, node) is not { } target)
        {
            return null;
        }

        Upstream upstream = target.Upstream;
        if (target.Tunnel is not null || upstream.Servers.Any(s => s.Address.Scheme is not (ServerScheme.Tcp or ServerScheme.Unix)))
        {
            c.Diagnostics.Report(
                FastCgiBinder.WrongProtocol,
                node.Span,
                target.Tunnel is not null
                    ? $"'{upstream.Name}' is a tunnel, which carries HTTP"
                    : $"'{upstream.Name}' speaks {(upstream.Scheme == ServerScheme.FastCgi ? "FastCGI" : "HTTP")}, a stream bytes",
                upstream is { IsInline: true, Tunnel: null }
                        ? Advice.Replace(node.Span, YamlScalar.Of("tcp://" + upstream.Servers[0].Address.HostPort))
                    : target.Tunnel is not null ? new Advice("write a server, as tcp://127.0.0.1:2525")
                    : new Advice("make an upstream for the stream, whose servers are written as tcp://host:port")
            );
        }

        foreach (Field field in _notOfStreams.Where(f => upstream.At.Wrote(f.Name)))
        {
            Refuse(c, upstream.At.Of(field.Name), $"'{field.Name}'");
        }

        if (upstream.Balance.Policy is BalancePolicy.UriHash or BalancePolicy.Header or BalancePolicy.Cookie)
        {
            Refuse(c, upstream.At.Of(UpstreamFields.Balance.Name), "a balance by what a request says");
        }

        if (upstream.ActiveHealth is { } active)
        {
            c.Diagnostics.Report(FastCgiBinder.WrongProtocol, active.At.Span, "probes speak HTTP", "write 'health.passive'");
        }

        if (upstream.PassiveHealth is { } passive)
        {
            foreach (Field field in (Field[])[PassiveHealthFields.Status, PassiveHealthFields.Latency])
            {
                if (passive.At.Wrote(field.Name))
                {
                    Refuse(c, passive.At.Of(field.Name), $"'{field.Name}'");
                }
            }
        }

        return upstream;
    }

    private static void Refuse(BindingContext c, Model.Sources.SourceSpan span, string what) =>
        c.Diagnostics.Report(
            FastCgiBinder.WrongProtocol,
            span,
            $"{what} in an upstream of a stream, which carries bytes and no requests",
            "remove it, or make an upstream for the stream alone"
        );

    private static ProxyProtocol BindProtocol(BindingContext c, SyntaxNode node)
    {
        ObjectReader o = ObjectReader.Open(c, node, ProxyProtocolFields.Schema);
        return c.Written(
            new ProxyProtocol
            {
                At = o.Source,
                Accept = o.Read(ProxyProtocolFields.Accept),
                Send = o.Read(ProxyProtocolFields.Send),
            }
        );
    }

    private static StreamTimeouts BindTimeouts(BindingContext c, SyntaxNode node)
    {
        ObjectReader o = ObjectReader.Open(c, node, StreamTimeoutsFields.Schema);
        return c.Written(
            new StreamTimeouts
            {
                At = o.Source,
                Connect = o.Read(StreamTimeoutsFields.Connect),
                Idle = o.Read(StreamTimeoutsFields.Idle),
            }
        );
    }
}

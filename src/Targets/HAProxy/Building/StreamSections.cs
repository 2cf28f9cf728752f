using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model.Sites;
using Confgen.Model.Streams;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;
using Confgen.Targets.HAProxy.Views;

namespace Confgen.Targets.HAProxy.Building;

/// <summary>Makes the sections of streams: a frontend for each, and a backend for each of its upstreams.</summary>
internal sealed class StreamSections(HAProxyTexts texts, HAProxyNames names, ServerLines servers)
{
    /// <summary>Room for the largest ClientHello, with the record around it.</summary>
    public const int HelloSize = 16 * 1024 + 5;

    /// <summary>The sections of a stream.</summary>
    public IEnumerable<StreamSectionView> Of(TcpStream stream)
    {
        string name = names.Unique("stream:" + stream.Name);
        var backends = stream
            .Upstreams.Distinct()
            .ToDictionary(static u => u, u => names.Unique($"{name}:{HAProxyNames.Of(u.Name, "servers")}"));
        yield return new StreamSectionView("frontend", name, stream.Name, [.. Frontend(stream, u => backends[u])]);
        foreach ((Upstream upstream, string backend) in backends)
        {
            yield return new StreamSectionView("backend", backend, null, [.. Backend(stream, upstream)]);
        }
    }

    private IEnumerable<string> Frontend(TcpStream stream, Func<Upstream, string> backendOf)
    {
        foreach (ListenAddress listen in stream.Listen)
        {
            foreach (string at in FrontendBuilder.Addresses(listen, texts))
            {
                yield return $"bind {at}{(stream.ProxyProtocol.Accept ? " accept-proxy" : "")}";
            }
        }

        yield return "timeout client " + HAProxyUnits.Time(stream.Timeouts.Idle);
        if (stream.Sni.Count > 0)
        {
            // A rule whose condition isn't known yet waits for more bytes; what isn't known in the end doesn't hold.
            yield return "tcp-request inspect-delay " + HAProxyUnits.Time(StreamTimeouts.Hello);
            yield return "tcp-request content reject if !{ req.len gt 0 }";
            yield return "tcp-request content reject if { req.payload(0,1) -m bin 16 } !{ req.ssl_hello_type 1 }";
            foreach (SniRoute route in stream.Sni.OrderBy(static s => s.Host.Kind != HostPatternKind.Exact))
            {
                yield return $"use_backend {backendOf(route.Upstream)} if {{ req.ssl_sni {Condition(stream, route.Host)} }}";
            }
        }

        if (stream.Upstream is { } rest)
        {
            yield return "default_backend " + backendOf(rest);
        }
    }

    private string Condition(TcpStream stream, HostPattern host) =>
        host.Kind == HostPatternKind.Exact
            ? "-i -m str " + texts.Word(host.Name, stream.At.Of(StreamFields.Sni))
            : "-i -m reg "
                + texts.Regex(@"^[^.]+\." + host.Name.Replace(".", @"\.", StringComparison.Ordinal) + "$", stream.At.Of(StreamFields.Sni));

    private IEnumerable<string> Backend(TcpStream stream, Upstream upstream)
    {
        yield return "timeout connect " + HAProxyUnits.Time(stream.Timeouts.Connect);
        yield return "timeout server " + HAProxyUnits.Time(stream.Timeouts.Idle);
        foreach (string option in servers.Options(upstream, secure: false, isStream: true))
        {
            yield return option;
        }

        string header = stream.ProxyProtocol.Send switch
        {
            ProxyHeaderVersion.V1 => " send-proxy",
            ProxyHeaderVersion.V2 => " send-proxy-v2",
            _ => "",
        };
        foreach (string server in servers.Of(upstream))
        {
            yield return server + header;
        }
    }
}

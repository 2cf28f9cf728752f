using Confgen.Model.Streams;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;
using Confgen.Targets.Nginx.Syntax;
using Confgen.Targets.Nginx.Views;

namespace Confgen.Targets.Nginx.Building;

/// <summary>Makes the stream block.</summary>
internal sealed class StreamBuilder(NginxBuild build)
{
    private readonly List<MapView> _maps = [];
    private readonly List<UpstreamView> _upstreams = [];
    private readonly Dictionary<Upstream, string> _groups = [];

    /// <summary>The block; null for a spec without streams.</summary>
    public StreamsView? Build()
    {
        if (build.Spec.Streams.Count == 0)
        {
            return null;
        }

        StreamView[] servers = [.. build.Spec.Streams.Select(Server)];
        return new StreamsView
        {
            Version = build.Context.Version.ToString(),
            HashSizes = HashSizes.Of([], _maps, countsVariables: false),
            Maps = _maps,
            Upstreams = _upstreams,
            Servers = servers,
        };
    }

    private StreamView Server(TcpStream stream)
    {
        bool readsNames = stream.Sni.Count > 0;
        return new StreamView
        {
            Name = stream.Name,
            Listens = [.. stream.Listen.SelectMany(Listeners.Addresses).Select(at => build.Argument(at, stream.At.Span))],
            AcceptsProxyProtocol = stream.ProxyProtocol.Accept,
            SendsProxyProtocol = stream.ProxyProtocol.Send != ProxyHeaderVersion.None,
            ReadsNames = readsNames,
            Hello = readsNames || stream.ProxyProtocol.Accept ? NginxUnits.Time(StreamTimeouts.Hello) : null,
            ConnectTimeout = NginxUnits.Time(stream.Timeouts.Connect),
            IdleTimeout = NginxUnits.Time(stream.Timeouts.Idle),
            HalfClose = build.Features.HalfClose,
            Tries = Tries(stream),
            Pass = readsNames ? Map(stream) : Group(stream.Upstream ?? throw new InvalidOperationException("a stream to nowhere")),
        };
    }

    // One number for all groups of a stream: a check refuses others.
    private static int? Tries(TcpStream stream) =>
        stream.Upstreams.Max(static u => u.Servers.Count) is > 1 and var most
        && stream.Upstreams.First(static u => u.Servers.Count > 1).Retries + 1 is var tries
        && tries < most
            ? tries
            : null;

    private string Map(TcpStream stream)
    {
        string variable = "$" + build.Variables.New("stream_" + stream.Name);
        var lines = new List<MapLineView> { new("default", stream.Upstream is { } rest ? Group(rest) : "\"\"") };
        lines.AddRange(
            stream
                .Sni.OrderBy(static s => s.Host.Kind != HostPatternKind.Exact)
                .Select(s => new MapLineView(Key(s.Host), Group(s.Upstream)))
        );
        _maps.Add(
            new MapView
            {
                Purpose = "stream",
                About = stream.Name,
                Source = "$ssl_preread_server_name",
                Variable = variable,
                Lines = lines,
            }
        );
        return variable;
    }

    private static string Key(HostPattern host) =>
        host.Kind == HostPatternKind.Exact ? NginxQuoting.MapKey(host.Name).Text : "~*" + SiteBuilder.WildcardRegex(host);

    private string Group(Upstream upstream)
    {
        if (!_groups.TryGetValue(upstream, out string? name))
        {
            UpstreamView group = build.Upstreams.OfStream(upstream);
            _upstreams.Add(group);
            _groups.Add(upstream, name = group.Name);
        }

        return name;
    }
}

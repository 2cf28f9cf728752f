using Confgen.Model.Streams;
using Confgen.Model.Upstreams;

namespace Confgen.Model.Differences;

/// <summary>What changes in streams; no request shows it.</summary>
internal static class StreamDifferences
{
    private static readonly NamedDifferences<TcpStream> _differences = new(
        Aspect.Stream,
        static stream => stream.Name,
        Text,
        static name => (Risk.Exposure, $"the stream '{name}' is new: whoever reaches its port reaches its servers"),
        static name => (Risk.Breakage, $"the stream '{name}' ends, and its port is closed"),
        Changed
    );

    /// <summary>The streams that come, go or change.</summary>
    public static IEnumerable<Difference> Of(ValueList<TcpStream> old, ValueList<TcpStream> @new) => _differences.Of(old, @new);

    private static (Risk Risk, string Text) Changed(TcpStream was, TcpStream now)
    {
        string name = now.Name;
        return now.Listen.Except(was.Listen).Any() ? (Risk.Exposure, $"the stream '{name}' listens elsewhere, too")
            : !was.Listen.Equals(now.Listen) ? (Risk.Breakage, $"the stream '{name}' no longer listens everywhere that it did")
            : was.Upstream is null && now.Upstream is not null
                ? (Risk.Exposure, $"connections that no name of '{name}' takes were closed, and now reach {Name(now.Upstream)}")
            : was.ProxyProtocol != now.ProxyProtocol
                ? (Risk.Breakage, $"the PROXY protocol of the stream '{name}' changes: both neighbours must be changed at once")
            : was.Upstreams.SequenceEqual(now.Upstreams) && was.Sni.Equals(now.Sni)
                ? (Risk.Change, $"the waits of the stream '{name}' change")
            : (Risk.Change, $"connections of the stream '{name}' go elsewhere, or another way");
    }

    private static string Name(Upstream upstream) => upstream.IsInline ? upstream.Name : $"'{upstream.Name}'";

    private static string Text(TcpStream stream) =>
        string.Join(
            ", ",
            [
                string.Join(' ', stream.Listen),
                .. stream.Sni.Select(s => $"{s.Host} to {Servers(s.Upstream)}"),
                stream.Upstream is { } rest ? $"to {Servers(rest)}" : "the rest closed",
                stream.ProxyProtocol.Accept ? "takes a PROXY header" : "takes no PROXY header",
                $"sends {(stream.ProxyProtocol.Send == ProxyHeaderVersion.None ? "no" : stream.ProxyProtocol.Send)} PROXY header",
                Durations(stream.Timeouts),
            ]
        );

    private static string Servers(Upstream upstream) => string.Join(' ', upstream.Servers.Select(s => s.Address));

    private static string Durations(StreamTimeouts timeouts) =>
        $"waits {Units.Durations.Format(timeouts.Connect)} and {Units.Durations.Format(timeouts.Idle)}";
}

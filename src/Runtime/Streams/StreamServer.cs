using Confgen.Model;
using Confgen.Model.Streams;
using Confgen.Model.Upstreams;
using Confgen.Runtime.Observing;
using Confgen.Runtime.Transport;
using Confgen.Runtime.Upstreams;

namespace Confgen.Runtime.Streams;

/// <summary>
/// Serves the streams of a spec. A connection keeps the stream that it began with: a reload interrupts none, and one whose stream is gone
/// goes on to its end.
/// </summary>
internal sealed class StreamServer(DeadlineWatch watch, Metrics metrics)
{
    private readonly ConnectionSet<StreamConnection> _open = new();
    private IReadOnlyDictionary<string, StreamModel> _models = new Dictionary<string, StreamModel>();

    /// <summary>The connections that are open.</summary>
    public int Count => _open.Count;

    /// <summary>The streams that are served.</summary>
    public IEnumerable<StreamModel> Models => Volatile.Read(ref _models).Values;

    /// <summary>The models of another spec's streams; <see cref="TakeOver"/> follows where it is served.</summary>
    public IReadOnlyDictionary<string, StreamModel> Prepare(Spec spec, Func<Upstream, UpstreamState> upstreamOf)
    {
        var counts = Models.ToDictionary(m => m.Config.Name, m => m.Metrics, StringComparer.Ordinal);
        return spec.Streams.ToDictionary(
            s => s.Name,
            s => new StreamModel(s, upstreamOf, counts.GetValueOrDefault(s.Name) ?? new StreamMetrics()),
            StringComparer.Ordinal
        );
    }

    /// <summary>Connections go where these say from now on.</summary>
    public void TakeOver(IReadOnlyDictionary<string, StreamModel> models) => Volatile.Write(ref _models, models);

    /// <summary>Serves a connection to its end.</summary>
    public async Task ServeAsync(Connection wire, TcpStream stream)
    {
        metrics.Accept();
        if (!Volatile.Read(ref _models).TryGetValue(stream.Name, out StreamModel? model))
        {
            // A reload took the stream between the accept and now.
            wire.Dispose();
            return;
        }

        await _open.ServeAsync(new StreamConnection(wire, model, watch));
    }

    /// <summary>Lets connections go on until the time is over, and cuts those that are left.</summary>
    public Task StopAsync(CancellationToken limit) => _open.StopAsync(limit);
}

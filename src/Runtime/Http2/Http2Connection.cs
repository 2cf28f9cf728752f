using System.IO.Pipelines;
using System.Net;
using Confgen.Runtime.Exchanges;
using Confgen.Runtime.Transport;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Confgen.Runtime.Http2;

/// <summary>A connection as Kestrel's HTTP/2 wants it: what TLS has opened already.</summary>
internal sealed class Http2Connection : ConnectionContext
{
    private readonly Connection _wire;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Http2Connection(Connection wire, InputBuffer received, ClientConnection client, string id)
    {
        _wire = wire;
        ConnectionId = id;
        var gate = new Http2FrameInjector(wire.AsStream(), received.HasBytes ? received.Available : default);
        Transport = new Pipes(
            PipeReader.Create(gate, new StreamPipeReaderOptions(leaveOpen: true)),
            PipeWriter.Create(gate, new StreamPipeWriterOptions(leaveOpen: true)));
        Features.Set(client);
        Features.Set(gate);
        LocalEndPoint = wire.Socket.LocalEndPoint;
        RemoteEndPoint = wire.Socket.RemoteEndPoint;
    }

    /// <inheritdoc/>
    public override IDuplexPipe Transport { get; set; }

    /// <inheritdoc/>
    public override string ConnectionId { get; set; }

    /// <inheritdoc/>
    public override IFeatureCollection Features { get; } = new FeatureCollection();

    /// <inheritdoc/>
    public override IDictionary<object, object?> Items { get; set; } = new Dictionary<object, object?>();

    /// <inheritdoc/>
    public override EndPoint? LocalEndPoint { get; set; }

    /// <inheritdoc/>
    public override EndPoint? RemoteEndPoint { get; set; }

    /// <summary>Ends when Kestrel has done with the connection; closing it is its owner's.</summary>
    public Task Ended => _ended.Task;

    /// <inheritdoc/>
    public override void Abort(ConnectionAbortedException abortReason) => _wire.Dispose();

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await Transport.Input.CompleteAsync();
        await Transport.Output.CompleteAsync();
        _ended.TrySetResult();
        await base.DisposeAsync();
    }

    private sealed record Pipes(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}

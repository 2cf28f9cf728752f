using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Tunnels;

/// <summary>
/// A bridge's connection at the portal that carries nothing yet. One loop reads it as long as it is spare; taking it sends a message, and
/// the loop hands it over with the bridge's answer.
/// </summary>
internal sealed class SpareConnection(TunnelLink link, ConnectedBridge bridge, DeadlineWatch watch)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource<bool?>? _taking;
    private volatile bool _isTaken;

    /// <summary>The bridge that opened it.</summary>
    public ConnectedBridge Bridge { get; } = bridge;

    /// <summary>Whether it is, or is about to be, a stream. The pool's lock guards it.</summary>
    public bool IsStream { get; set; }

    /// <summary>Whether it has ended. The pool's lock guards it.</summary>
    public bool IsGone { get; set; }

    /// <summary>The connection.</summary>
    public Connection Connection => link.Connection;

    /// <summary>Reads until the connection is a stream or is gone.</summary>
    /// <param name="spareAgain">Called where the bridge's service refused, so that the connection can be taken anew.</param>
    /// <returns>Whether it is a stream.</returns>
    public async Task<bool> RunAsync(Action<SpareConnection> spareAgain)
    {
        using var silence = new LinkDeadline(link.Connection, watch);
        silence.Within(TunnelTimes.Silence);
        while (await link.ReadFrameAsync() is { } frame)
        {
            silence.Within(TunnelTimes.Silence);
            switch (frame.Kind)
            {
                case TunnelFrameKind.Pong:
                    continue;
                case TunnelFrameKind.Ready when Taking() is { } taking:
                    // A service that speaks before it is asked speaks no HTTP.
                    silence.Clear();
                    bool isStream = !link.Input.HasBytes;
                    link.Input.Release();
                    taking.TrySetResult(isStream ? true : null);
                    return isStream;
                case TunnelFrameKind.Refused when Taking() is { } taking:
                    _isTaken = false;
                    taking.TrySetResult(false);
                    spareAgain(this);
                    continue;
                default:
                    // A message that has no place here.
                    break;
            }

            break;
        }

        link.Connection.Dispose();
        Taking()?.TrySetResult(null);
        return false;
    }

    /// <summary>Takes it for a stream: true where it is one, false where the service refused, null where the connection is gone.</summary>
    public async ValueTask<bool?> TakeAsync(bool isHttp2, int wanted, CancellationToken limit)
    {
        var taking = new TaskCompletionSource<bool?>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _taking = taking;
        }

        _isTaken = true;
        try
        {
            await link.SendAsync(new TunnelFrame(TunnelFrameKind.Take, isHttp2, (ushort)Math.Min(wanted, ushort.MaxValue)));
            return await taking.Task.WaitAsync(limit);
        }
        catch (Exception e) when (InputBuffer.IsTransportFault(e))
        {
            // Nobody waits for what comes: it must not become another request's stream.
            link.Connection.Dispose();
            return null;
        }
    }

    /// <summary>Asks the bridge whether it is there.</summary>
    public ValueTask PingAsync() => SendAsync(TunnelFrameKind.Ping);

    /// <summary>Tells the bridge to open other connections, which reach another process.</summary>
    public ValueTask MoveAsync() => SendAsync(TunnelFrameKind.Move);

    private async ValueTask SendAsync(TunnelFrameKind kind)
    {
        try
        {
            // Behind the message that takes the connection it would reach the service.
            await link.SendAsync(new TunnelFrame(kind), () => !_isTaken);
        }
        catch (Exception e) when (InputBuffer.IsTransportFault(e))
        {
            link.Connection.Dispose();
        }
    }

    private TaskCompletionSource<bool?>? Taking()
    {
        lock (_lock)
        {
            TaskCompletionSource<bool?>? taking = _taking;
            _taking = null;
            return taking;
        }
    }
}

using Confgen.Runtime.Http1;
using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Http2;

/// <summary>
/// Sends what is written on a connection: one batch is filled while another is being sent. A busy connection so sends many frames in one call, and one
/// that isn't sends each at once.
/// </summary>
internal sealed class Http2Sender
{
    // Who has written sends, unless so much waits already: then it waits, too. As much as the kernel takes at once, and a second piece to follow.
    private const int HighWater = 128 * 1024;

    private readonly Connection _connection;
    private readonly DeadlineWatch _watch;
    private readonly ClientDeadline _deadline;
    private readonly Lock _lock;
    private readonly Action _broken;
    private OutputBuffer _sending = new();
    private TaskCompletionSource? _sent;
    private bool _isSending;

    /// <summary>A sender that has nothing to send.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="watch">Ends a send that takes too long.</param>
    /// <param name="guard">Held by who writes to <see cref="Filling"/>.</param>
    /// <param name="broken">Called, without the lock, when the connection has broken.</param>
    public Http2Sender(Connection connection, DeadlineWatch watch, Lock guard, Action broken)
    {
        (_connection, _watch, _lock, _broken) = (connection, watch, guard, broken);
        _deadline = new ClientDeadline(connection.Dispose);
        watch.Add(_deadline);
    }

    /// <summary>What is sent next.</summary>
    public OutputBuffer Filling { get; private set; } = new();

    /// <summary>The number of <see cref="Filling"/>: of the batches that were sent, and are being sent, each has another.</summary>
    public long Batch { get; private set; }

    /// <summary>Whether nothing is sent any more.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Sends what was written. Where another does so already it is sent behind that; where very much waits, so does the caller.</summary>
    public ValueTask FlushAsync()
    {
        lock (_lock)
        {
            if (_isSending || IsBroken || Filling.Length == 0)
            {
                return _isSending ? BackPressure() : default;
            }

            _isSending = true;
            Swap();
        }

        return SendAsync();
    }

    /// <summary>Waits until everything that was written is sent.</summary>
    public async ValueTask DrainAsync()
    {
        await FlushAsync();
        while (true)
        {
            Task sent;
            lock (_lock)
            {
                if (!_isSending)
                {
                    return;
                }

                sent = (_sent ??= NewSignal()).Task;
            }

            await sent;
        }
    }

    /// <summary>Nothing is sent any more. The lock is held; who waits for a send is given back, and is told when it isn't.</summary>
    public TaskCompletionSource? Break()
    {
        TaskCompletionSource? sent = _sent;
        (IsBroken, _sent) = (true, null);
        if (!_isSending)
        {
            Filling.Release();
            _sending.Release();
        }

        return sent;
    }

    /// <summary>No send is watched over any more.</summary>
    public void Unwatch() => _watch.Remove(_deadline);

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ValueTask BackPressure() =>
        _sending.Length + Filling.Length <= HighWater ? default : new ValueTask((_sent ??= NewSignal()).Task);

    private ValueTask SendAsync()
    {
        do
        {
            ValueTask sending;
            try
            {
                sending = _connection.SendAsync(_sending.Memory);
            }
            catch (Exception e) when (InputBuffer.IsTransportFault(e))
            {
                EndBroken();
                return default;
            }

            if (!sending.IsCompletedSuccessfully)
            {
                _ = FinishAsync(sending);
                lock (_lock)
                {
                    return _isSending ? BackPressure() : default;
                }
            }
        }
        while (TryGoOn());

        return default;
    }

    private async Task FinishAsync(ValueTask sending)
    {
        try
        {
            while (true)
            {
                _deadline.Set(_watch.After(ClientTimeouts.Send));
                await sending;
                _deadline.Clear();
                if (!TryGoOn())
                {
                    return;
                }

                sending = _connection.SendAsync(_sending.Memory);
            }
        }
        catch (Exception e) when (InputBuffer.IsTransportFault(e))
        {
            EndBroken();
        }
    }

    // A batch was sent: goes on with what was written meanwhile, if anything was.
    private bool TryGoOn()
    {
        TaskCompletionSource? sent;
        bool goesOn;
        lock (_lock)
        {
            (sent, _sent) = (_sent, null);
            _sending.Clear();
            goesOn = Filling.Length > 0 && !IsBroken;
            if (goesOn)
            {
                Swap();
            }
            else
            {
                _isSending = false;
                _sending.Release();
                Filling.Release();
            }
        }

        sent?.TrySetResult();
        return goesOn;
    }

    private void EndBroken()
    {
        lock (_lock)
        {
            _isSending = false;
        }

        _broken();
        _connection.Dispose();
    }

    private void Swap()
    {
        (Filling, _sending) = (_sending, Filling);
        Batch++;
    }
}

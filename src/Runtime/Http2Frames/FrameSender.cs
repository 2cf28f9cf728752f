using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Http2Frames;

/// <summary>
/// Sends what is written on a connection: one batch is filled while another is being sent. A busy connection so sends many frames in one
/// call, and one that isn't sends each at once.
/// </summary>
internal sealed class FrameSender : IThreadPoolWorkItem
{
    // Who has written sends, unless so much waits already: then it waits, too. As much as the kernel takes at once, and a second piece to
    // follow.
    private const int HighWater = 128 * 1024;

    // A batch of this size waits for nothing: it is a record of TLS.
    private const int MostHeld = 16 * 1024;

    private readonly Connection _connection;
    private readonly DeadlineWatch _watch;
    private readonly SendDeadline _deadline;
    private readonly TimeSpan _longest;
    private readonly Lock _lock;
    private readonly Action _broken;
    private readonly Action<bool>? _sentBatch;
    private OutputBuffer _sending = new();
    private TaskCompletionSource? _sent;
    private readonly SendPacing _pacing;

    /// <summary>A sender that has nothing to send.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="watch">Ends a send that takes too long.</param>
    /// <param name="longest">How long a send may take; the connection is closed then.</param>
    /// <param name="guard">The lock that is held by who writes to <see cref="Filling"/>.</param>
    /// <param name="broken">Called, without the lock, when a send has failed: nothing is sent any more.</param>
    /// <param name="sentBatch">Called, without the lock, when a batch was sent, with whether no other follows.</param>
    public FrameSender(
        Connection connection,
        DeadlineWatch watch,
        TimeSpan longest,
        Lock guard,
        Action broken,
        Action<bool>? sentBatch = null
    )
    {
        (_connection, _watch, _longest, _lock, _broken, _sentBatch) = (connection, watch, longest, guard, broken, sentBatch);
        _deadline = new SendDeadline(connection);
        _pacing = new SendPacing(watch.Time);
        watch.Add(_deadline);
    }

    /// <summary>What is sent next.</summary>
    public OutputBuffer Filling { get; private set; } = new();

    /// <summary>The number of <see cref="Filling"/>: of the batches that were sent, and are being sent, each has another.</summary>
    public long Batch { get; private set; }

    /// <summary>Whether nothing is sent any more.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Whether a batch is being sent.</summary>
    public bool IsSending { get; private set; }

    /// <summary>
    /// Sends what was written. Where another does so already it is sent behind that; where very much waits, so does the caller.
    /// </summary>
    public ValueTask FlushAsync()
    {
        lock (_lock)
        {
            if (IsSending || IsBroken || Filling.Length == 0)
            {
                return IsSending ? BackPressure() : default;
            }

            IsSending = true;
            Swap();
        }

        return SendAsync();
    }

    /// <summary>Sends what was written together with what others are about to write: see <see cref="SendPacing"/>.</summary>
    public ValueTask FlushSoonAsync()
    {
        lock (_lock)
        {
            if (IsSending || IsBroken || Filling.Length == 0)
            {
                return IsSending ? BackPressure() : default;
            }

            if (Filling.Length < MostHeld && _pacing.Waits(out bool isFirst))
            {
                if (isFirst)
                {
                    ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
                }

                return default;
            }

            IsSending = true;
            Swap();
        }

        return SendAsync();
    }

    /// <summary>The calling thread is about to do what may write several messages: <see cref="Release"/> and a flush follow.</summary>
    public void Hold()
    {
        lock (_lock)
        {
            _pacing.Hold();
        }
    }

    /// <summary>Nothing is held any more.</summary>
    public void Release()
    {
        lock (_lock)
        {
            _pacing.Release();
        }
    }

    /// <inheritdoc/>
    void IThreadPoolWorkItem.Execute()
    {
        lock (_lock)
        {
            _pacing.EndWait();
        }

        Flush();
    }

    /// <summary>Sends what was written, for those who need not wait.</summary>
    public void Flush()
    {
        ValueTask sending = FlushAsync();
        if (!sending.IsCompletedSuccessfully)
        {
            // Only the back-pressure is left to wait for; it doesn't fail.
            _ = sending.AsTask();
        }
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
                if (!IsSending)
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
        if (!IsSending)
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
                    return IsSending ? BackPressure() : default;
                }
            }
        } while (TryGoOn());

        return default;
    }

    private async Task FinishAsync(ValueTask sending)
    {
        try
        {
            while (true)
            {
                _deadline.Set(_watch.After(_longest));
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
                IsSending = false;
                _sending.Release();
                Filling.Release();
            }
        }

        sent?.TrySetResult();
        _sentBatch?.Invoke(!goesOn);
        return goesOn;
    }

    private void EndBroken()
    {
        TaskCompletionSource? sent;
        lock (_lock)
        {
            IsSending = false;
            sent = Break();
        }

        sent?.TrySetResult();
        _broken();
    }

    private void Swap()
    {
        (Filling, _sending) = (_sending, Filling);
        Batch++;
    }

    private sealed class SendDeadline(Connection connection) : Deadline
    {
        protected override void Expire() => connection.Dispose();
    }
}

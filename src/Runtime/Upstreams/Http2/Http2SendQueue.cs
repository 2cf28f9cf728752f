using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Upstreams.Http2;

/// <summary>
/// The frames that a connection sends: those of all its streams are put together in one buffer, while one task at a time sends the other. Whoever
/// adds holds the connection's lock.
/// </summary>
/// <param name="connection">Where they go.</param>
/// <param name="gate">The connection's lock.</param>
/// <param name="drained">Called, without the lock, where there is room again after there was none, and where everything was sent.</param>
internal sealed class Http2SendQueue(Connection connection, Lock gate, Action<bool> drained)
{
    // What may wait for the server to take it before bodies have to wait, too.
    private const int MostPending = 256 * 1024;

    private OutputBuffer _pending = new();
    private OutputBuffer _sending = new();
    private bool _isEnded;

    /// <summary>What waits to be sent: frames are added here.</summary>
    public OutputBuffer Pending => _pending;

    /// <summary>Whether bodies have to wait.</summary>
    public bool IsFull => _pending.Length > MostPending;

    /// <summary>Whether the server asks for more frames than it reads.</summary>
    public bool IsFlooded => _pending.Length >= 4 * MostPending;

    /// <summary>Whether a task sends.</summary>
    public bool IsSending { get; private set; }

    /// <summary>Nothing is sent any more.</summary>
    public void End() => _isEnded = true;

    /// <summary>Sends what was added, unless a task is about to.</summary>
    public void Flush()
    {
        lock (gate)
        {
            if (IsSending || _isEnded || _pending.Length == 0)
            {
                return;
            }

            IsSending = true;
        }

        _ = SendAsync();
    }

    private async Task SendAsync()
    {
        try
        {
            while (true)
            {
                bool wasFull;
                lock (gate)
                {
                    if (_pending.Length == 0)
                    {
                        IsSending = false;
                        _sending.Release();
                        _pending.Release();
                        break;
                    }

                    wasFull = IsFull;
                    (_pending, _sending) = (_sending, _pending);
                }

                await connection.SendAsync(_sending.Memory);
                _sending.Clear();
                if (wasFull)
                {
                    drained(false);
                }
            }

            drained(true);
        }
        catch (Exception e) when (InputBuffer.IsTransportFault(e))
        {
            // The task that reads sees it too, after what the server said before.
        }
    }
}

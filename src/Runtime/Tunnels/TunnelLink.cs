using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Tunnels;

/// <summary>A connection between bridge and portal, seen from either side, until it becomes a stream.</summary>
internal sealed class TunnelLink(Connection wire)
{
    private readonly Lock _lock = new();
    private Task _last = Task.CompletedTask;

    /// <summary>The connection.</summary>
    public Connection Connection { get; } = wire;

    /// <summary>What the other side sent.</summary>
    public InputBuffer Input { get; } = new(wire);

    /// <summary>Sends bytes; one sender waits for the other.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="isStillRight">Asked when it is this sender's turn; null for always.</param>
    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes, Func<bool>? isStillRight = null)
    {
        lock (_lock)
        {
            _last = SendAfterAsync(_last, bytes, isStillRight);
            return new ValueTask(_last);
        }
    }

    /// <summary>Sends a message.</summary>
    public ValueTask SendAsync(TunnelFrame frame, Func<bool>? isStillRight = null) => SendAsync(frame.ToBytes(), isStillRight);

    /// <summary>Receives just so many bytes; null where the connection ends before.</summary>
    public async ValueTask<byte[]?> ReadAsync(int count)
    {
        while (!Input.HasBytes || Input.Available.Length < count)
        {
            if (!await Input.FillAsync())
            {
                return null;
            }
        }

        byte[] bytes = Input.Available[..count].ToArray();
        Input.Consume(count);
        return bytes;
    }

    /// <summary>Receives the next message; null where the connection ends, or what comes is none.</summary>
    public async ValueTask<TunnelFrame?> ReadFrameAsync()
    {
        while (true)
        {
            if (Input.HasBytes && TunnelFrame.TryRead(Input.Span, out TunnelFrame frame, out int consumed))
            {
                Input.Consume(consumed);
                return frame.Kind == default ? null : frame;
            }

            if (!await Input.FillAsync())
            {
                return null;
            }
        }
    }

    private async Task SendAfterAsync(Task before, ReadOnlyMemory<byte> bytes, Func<bool>? isStillRight)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (isStillRight?.Invoke() != false)
        {
            await Connection.SendAsync(bytes);
        }
    }
}

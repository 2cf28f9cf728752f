using System.Buffers;
using System.Net.Sockets;

namespace Confgen.Runtime.Transport;

/// <summary>
/// The bytes below TLS. A connection that breaks ends, and <see cref="Connection.IsBroken"/> says that it broke: <c>SslStream</c> would
/// pass an exception through several layers.
/// </summary>
internal sealed class WireStream(Connection connection) : NetworkStream(connection.Socket, ownsSocket: false)
{
    // A client's first message is seldom longer than 2 KiB.
    private const int MostKept = 16 * 1024;

    private ArrayBufferWriter<byte>? _kept;

    /// <summary>What was received since <see cref="Keep"/>, up to a limit.</summary>
    public ReadOnlySpan<byte> Kept => _kept is { } kept ? kept.WrittenSpan : default;

    /// <summary>From now on keeps a copy of what is received.</summary>
    public void Keep() => _kept = new ArrayBufferWriter<byte>(1024);

    /// <summary>Keeps nothing more, and forgets what was kept.</summary>
    public void Forget() => _kept = null;

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ValueTask<int> reading = cancellationToken.CanBeCanceled
            ? base.ReadAsync(buffer, cancellationToken)
            : connection.ReceiveBelowAsync(buffer);
        return _kept is null ? reading : KeepAsync(reading, buffer);
    }

    private async ValueTask<int> KeepAsync(ValueTask<int> reading, Memory<byte> buffer)
    {
        int received = await reading;
        if (_kept is { } kept && kept.WrittenCount + received <= MostKept)
        {
            kept.Write(buffer.Span[..received]);
        }

        return received;
    }
}

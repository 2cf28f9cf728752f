using System.Net.Sockets;

namespace Confgen.Runtime.Transport;

/// <summary>
/// The bytes below TLS. A connection that breaks ends, and <see cref="Connection.IsBroken"/> says that it broke: <c>SslStream</c> would
/// pass an exception through several layers.
/// </summary>
internal sealed class WireStream(Connection connection) : NetworkStream(connection.Socket, ownsSocket: false)
{
    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        cancellationToken.CanBeCanceled ? base.ReadAsync(buffer, cancellationToken) : connection.ReceiveBelowAsync(buffer);
}

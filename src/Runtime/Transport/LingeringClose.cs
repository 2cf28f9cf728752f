using System.Buffers;

namespace Confgen.Runtime.Transport;

/// <summary>
/// Closes a connection without a reset, as nginx's <c>lingering_close</c>. The system resets a socket that is closed while a receive is
/// pending or received bytes are unread, and a reset destroys the tail of the response that the client hasn't read yet. So (1) nothing more
/// is sent, (2) what the client still sends is read and dropped until it ends its side, for a bounded time, (3) the socket is closed, and
/// the system delivers the rest.
/// </summary>
internal sealed class LingeringClose : Deadline
{
    /// <summary>
    /// How long a client may take to end its side; 5 s, as nginx's <c>lingering_timeout</c>. Behind it the system goes on delivering.
    /// </summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    // For the last record of TLS to find room behind a response that a slow client hasn't read.
    private static readonly TimeSpan _longestSend = TimeSpan.FromSeconds(60);

    // What is dropped of an upload that was refused before the connection is closed all the same.
    private const int MostDropped = 256 * 1024;

    private readonly Connection _connection;

    private LingeringClose(Connection connection) => _connection = connection;

    /// <summary>Closes the connection; returns when it is closed. One that is closed already stays as it is.</summary>
    public static async ValueTask RunAsync(Connection connection, DeadlineWatch watch)
    {
        if (connection.IsClosed)
        {
            return;
        }

        if (connection is { HasPeerEnded: true, IsTls: false })
        {
            // Nothing is left to be read.
            connection.Dispose();
            return;
        }

        var deadline = new LingeringClose(connection);
        connection.IsLingering = true;
        watch.Add(deadline);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(InputBuffer.SmallSize);
        try
        {
            deadline.Set(watch.After(_longestSend));
            await connection.EndSendingAsync();
            deadline.Set(watch.After(Longest));

            // Below TLS: nobody reads it any more. The receives of a socket complete in their order, so behind the last of these none is
            // pending; one of the connection's own may be before.
            using var receive = new SocketReceive();
            int count;
            for (int dropped = 0; dropped < MostDropped && (count = await receive.RunAsync(connection.Socket, buffer)) > 0; )
            {
                dropped += count;
            }
        }
        catch (Exception e) when (InputBuffer.IsTransportFault(e))
        {
            // It broke: nothing more can be delivered.
        }
        finally
        {
            watch.Remove(deadline);
            ArrayPool<byte>.Shared.Return(buffer);
            connection.Dispose();
        }
    }

    /// <inheritdoc/>
    protected override void Expire() => _connection.ShutDown();
}

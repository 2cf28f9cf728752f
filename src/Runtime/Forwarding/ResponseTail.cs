using System.Buffers;
using Confgen.Runtime.Exchanges;
using Confgen.Runtime.Messages;

namespace Confgen.Runtime.Forwarding;

/// <summary>
/// What is still to be sent of a response that was read to its end. It holds nothing of the server's connection, which goes back before the
/// client can see the end: else its next request could find no idle connection, and make another one.
/// </summary>
/// <param name="piece">The last bytes of the body.</param>
/// <param name="buffer">What they lie in; given back to the pool when they are sent.</param>
/// <param name="trailers">What follows them.</param>
internal readonly struct ResponseTail(ReadOnlyMemory<byte> piece, byte[] buffer, FieldList? trailers)
{
    /// <summary>Sends it.</summary>
    public async ValueTask SendAsync(Exchange exchange)
    {
        try
        {
            if (!piece.IsEmpty)
            {
                await exchange.WriteAsync(piece);
            }

            await exchange.EndAsync(trailers);
        }
        finally
        {
            if (buffer.Length > 0)
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }
}

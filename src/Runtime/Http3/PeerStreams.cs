using Confgen.Runtime.Http3.Qpack;
using Confgen.Runtime.Http3.Quic;

namespace Confgen.Runtime.Http3;

/// <summary>
/// The unidirectional streams of a client (RFC 9114, section 6.2): three that each exist once and never end, and any that nobody knows.
/// </summary>
internal sealed class PeerStreams
{
    private int _seen;

    /// <summary>What the client says of itself.</summary>
    public PeerSettings Settings { get; } = new();

    /// <summary>Reads a stream for as long as the connection lasts; false where its type is unknown, so that it was left.</summary>
    /// <exception cref="ConnectionFaultException">The client broke a rule.</exception>
    public async Task<bool> ReadAsync(IQuicStream stream)
    {
        var input = new StreamInput(stream);
        bool isCritical = false;
        try
        {
            long type;
            int length;
            while (!VariableInteger.TryRead(input.Available.Span, out type, out length))
            {
                // One that ends before it says what it is means nothing.
                if (!await input.FillAsync())
                {
                    return false;
                }
            }

            input.Consume(length);
            if (type == StreamTypes.Push)
            {
                throw new ConnectionFaultException(ErrorCodes.StreamCreationError);
            }

            if (type is not (StreamTypes.Control or StreamTypes.Encoder or StreamTypes.Decoder))
            {
                stream.StopReading(ErrorCodes.StreamCreationError);
                return false;
            }

            isCritical = true;
            int bit = 1 << (int)type;
            if ((Interlocked.Or(ref _seen, bit) & bit) != 0)
            {
                throw new ConnectionFaultException(ErrorCodes.StreamCreationError);
            }

            await (
                type == StreamTypes.Control
                    ? new ControlStream(new FrameReader(input), Settings).RunAsync()
                    : ReadInstructionsAsync(input, type)
            );
            return true;
        }
        catch (Exception e) when (isCritical && Transport.InputBuffer.IsTransportFault(e))
        {
            // Reset, which is an end as well; or the connection is over, and hears no more of it.
            throw new ConnectionFaultException(ErrorCodes.ClosedCriticalStream);
        }
        finally
        {
            await input.ReleaseAsync();
        }
    }

    private static async Task ReadInstructionsAsync(StreamInput input, long type)
    {
        var instructions = new DecoderInstructions();
        do
        {
            ReadOnlySpan<byte> bytes = input.Available.Span;
            if (type == StreamTypes.Encoder ? !EncoderInstructions.AreValid(bytes) : !instructions.AreValid(bytes))
            {
                throw new ConnectionFaultException(
                    type == StreamTypes.Encoder ? ErrorCodes.EncoderStreamError : ErrorCodes.DecoderStreamError
                );
            }

            input.Consume(bytes.Length);
        } while (await input.FillAsync());
        throw new ConnectionFaultException(ErrorCodes.ClosedCriticalStream);
    }
}

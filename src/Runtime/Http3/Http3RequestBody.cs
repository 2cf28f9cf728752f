using Confgen.Runtime.Exchanges;
using Confgen.Runtime.Hpack;
using Confgen.Runtime.Http3.Qpack;
using Confgen.Runtime.Messages;

namespace Confgen.Runtime.Http3;

/// <summary>
/// The frames behind a request's head (RFC 9114, section 4.1): any number of DATA, then perhaps trailers, and nothing else.
/// </summary>
/// <param name="frames">The stream's frames.</param>
/// <param name="headLimit">Most bytes of the trailers.</param>
internal sealed class Http3RequestBody(FrameReader frames, int headLimit)
{
    private bool _isInData;
    private long _received;

    /// <summary>The length that the head says; null without one.</summary>
    public long? Length { get; set; }

    /// <summary>Whether the stream is a tunnel: nothing but data follows then (RFC 9114, section 4.4).</summary>
    public bool IsTunnel { get; set; }

    /// <summary>Whether the whole body was read.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>The trailers behind it; null where there are none.</summary>
    public FieldList? Trailers { get; private set; }

    /// <summary>The next piece, valid until the next call; empty at the end.</summary>
    /// <exception cref="BodyFaultException">The body isn't what the head says.</exception>
    /// <exception cref="ConnectionFaultException">A frame is where it must not be.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync()
    {
        while (!IsAtEnd)
        {
            if (_isInData)
            {
                ReadOnlyMemory<byte> piece = await frames.TakeAsync();
                _isInData = frames.Left > 0;
                _received += piece.Length;
                if (_received > Length)
                {
                    throw new BodyFaultException(400);
                }

                if (!piece.IsEmpty)
                {
                    return piece;
                }
            }
            else if (!await frames.NextAsync())
            {
                IsAtEnd = true;
                if (_received < Length)
                {
                    throw new BodyFaultException(400);
                }
            }
            else if (frames.Type == FrameTypes.Data && Trailers is null)
            {
                _isInData = true;
            }
            else if (frames.Type == FrameTypes.Headers && Trailers is null && !IsTunnel)
            {
                Trailers = await ReadTrailersAsync();
            }
            else
            {
                throw new ConnectionFaultException(ErrorCodes.FrameUnexpected);
            }
        }

        return default;
    }

    private async ValueTask<FieldList> ReadTrailersAsync()
    {
        if (frames.Left > headLimit)
        {
            throw new BodyFaultException(431);
        }

        ReadOnlyMemory<byte> section = await frames.TakeAllAsync();
        var trailers = new FieldList();
        switch (FieldSectionReader.Read(section.Span, trailers, headLimit))
        {
            case SectionResult.Malformed:
                throw new ConnectionFaultException(ErrorCodes.DecompressionFailed);
            case SectionResult.TooLarge:
                throw new BodyFaultException(431);
            default:
                break;
        }

        for (int i = 0; i < trailers.Count; i++)
        {
            // Which pseudo-header fields are, too (RFC 9114, section 4.3): their name is no token.
            if (!StreamRequestHead.IsField(trailers, i))
            {
                throw new BodyFaultException(400);
            }
        }

        return trailers;
    }
}

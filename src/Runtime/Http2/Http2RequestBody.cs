using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Confgen.Runtime.Exchanges;
using Confgen.Runtime.Http1;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Transport;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Confgen.Runtime.Http2;

/// <summary>The body of a stream's request, piece by piece as it comes.</summary>
/// <param name="features">The stream.</param>
/// <param name="watch">Watches over the waits.</param>
/// <param name="expectsContinue">Whether the client waits for 100 (Continue).</param>
internal sealed class Http2RequestBody(IFeatureCollection features, DeadlineWatch watch, bool expectsContinue)
{
    // A server that knows no 100 says nothing, and clients don't wait for it much longer than this (as curl's 1 s).
    private static readonly TimeSpan _longestExpectation = TimeSpan.FromSeconds(1);

    private readonly PipeReader _reader = features.GetRequiredFeature<IRequestBodyPipeFeature>().Reader;
    private readonly TaskCompletionSource? _mayContinue = expectsContinue ? new(TaskCreationOptions.RunContinuationsAsynchronously) : null;
    private StreamDeadline? _deadline;
    private ReadOnlySequence<byte> _read;
    private SequencePosition _taken;
    private bool _hasRead;
    private bool _isGivenUp;

    /// <summary>Whether the whole body was read.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>The trailers behind it; null where there are none.</summary>
    public FieldList? Trailers { get; private set; }

    /// <summary>The next piece, valid until the next call; empty at the end.</summary>
    /// <exception cref="BodyFaultException">There is no whole body.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync()
    {
        if (_mayContinue is { Task.IsCompleted: false } answered)
        {
            // Kestrel tells the client to go on as soon as its body is asked for: only then may it be.
            await answered.Task.WaitAsync(_longestExpectation, watch.Time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            answered.TrySetResult();
        }

        try
        {
            while (!Volatile.Read(ref _isGivenUp))
            {
                if (_hasRead && _read.Slice(_taken) is { IsEmpty: false } rest)
                {
                    ReadOnlyMemory<byte> piece = rest.First;
                    _taken = _read.GetPosition(piece.Length, _taken);
                    return piece;
                }

                if (_hasRead)
                {
                    _reader.AdvanceTo(_read.End);
                    _hasRead = false;
                }

                ReadResult result = await ReceiveAsync();
                (_read, _taken, _hasRead) = (result.Buffer, result.Buffer.Start, true);
                if (result.IsCompleted && result.Buffer.IsEmpty)
                {
                    IsAtEnd = true;
                    TakeTrailers();
                    return default;
                }
            }

            throw new BodyFaultException(0);
        }
        catch (BadHttpRequestException e)
        {
            throw new BodyFaultException(e.StatusCode);
        }
        catch (Exception e) when (InputBuffer.IsTransportFault(e))
        {
            throw new BodyFaultException(0);
        }
    }

    /// <summary>The server wants the body.</summary>
    public void Continue() => _mayContinue?.TrySetResult();

    /// <summary>Nobody wants the body any more: ends the reading of it.</summary>
    public void GiveUp()
    {
        Volatile.Write(ref _isGivenUp, true);
        _mayContinue?.TrySetResult();
        _reader.CancelPendingRead();
    }

    /// <summary>Ends what watches over it.</summary>
    public void Close() => _deadline?.Remove();

    private async ValueTask<ReadResult> ReceiveAsync()
    {
        ValueTask<ReadResult> reading = _reader.ReadAsync();
        if (!reading.IsCompleted)
        {
            (_deadline ??= new StreamDeadline(features, watch)).Start(ClientTimeouts.Body);
        }

        ReadResult result = await reading;
        _deadline?.Clear();
        return result;
    }

    private void TakeTrailers()
    {
        if (features.Get<IHttpRequestTrailersFeature>() is { Available: true, Trailers: { Count: > 0 } trailers })
        {
            Trailers = new FieldList();
            foreach ((string name, StringValues values) in trailers)
            {
                byte[] nameBytes = Encoding.Latin1.GetBytes(name.ToLowerInvariant());
                foreach (string? value in values)
                {
                    byte[] bytes = Encoding.Latin1.GetBytes(value ?? "");
                    if (!StreamHead.IsField(nameBytes, FieldKinds.Of(nameBytes), bytes))
                    {
                        throw new BodyFaultException(400);
                    }

                    Trailers.Add(nameBytes, bytes);
                }
            }
        }
    }
}

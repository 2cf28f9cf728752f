using Confgen.Runtime.Exchanges;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Upstreams;

namespace Confgen.Runtime.Forwarding;

/// <summary>Passes the response of a server on to the client, as a stream.</summary>
internal static class ResponseRelay
{
    /// <summary>Passes a response on whose head was read, up to its end; null where it broke off, which the client sees.</summary>
    public static async ValueTask<ResponseTail?> PassAsync(
        Exchange exchange,
        UpstreamRequest request,
        UpstreamExchange upstream,
        TimeProvider time
    )
    {
        Response response = exchange.Response;
        response.Reset(upstream.Status);
        response.Fields.CopyFrom(upstream.Fields);
        HopByHop.Remove(response.Fields);
        response.Length = upstream.Length;

        // The server may have been asked with another method, as an auth server is.
        response.HasBody = upstream.HasBody && !exchange.Request.IsHead;
        var pace = FlushPace.Of(request, response, time);
        request.ApplyResponseRules(exchange, upstream.Server);
        exchange.Begin();
        if (!response.HasBody)
        {
            request.Leave();
            return new ResponseTail(default, [], null);
        }

        if (pace is not null && !upstream.HasBytes)
        {
            // The head alone waits for nothing.
            await exchange.FlushAsync();
        }

        BodyState state = BodyState.More;
        ReadOnlyMemory<byte> piece = default;
        while (state == BodyState.More)
        {
            piece = upstream.TakePiece(out state);
            if (state == BodyState.End)
            {
                break;
            }

            if (!piece.IsEmpty)
            {
                await exchange.WriteAsync(piece);
                piece = default;
            }

            if (state == BodyState.More && !upstream.HasBytes)
            {
                if (pace is not null)
                {
                    state = await pace.WaitAsync(upstream.FillAsync(request.ReadTimeout).AsTask(), exchange);
                    continue;
                }

                await exchange.FlushAsync();
                state = await upstream.FillAsync(request.ReadTimeout);
            }
        }

        if (state == BodyState.Broken)
        {
            request.Cut(upstream);
            await exchange.FlushAsync();
            exchange.Abort();
            return null;
        }

        request.Leave();
        FieldList? trailers = null;
        if (upstream.Trailers is { } sent)
        {
            trailers = new FieldList();
            trailers.CopyFrom(sent);
            Trailers.Filter(trailers);
        }

        upstream.EndResponse();
        return new ResponseTail(piece, upstream.LendPiece(), trailers);
    }
}

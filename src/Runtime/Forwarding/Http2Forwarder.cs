using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Confgen.Runtime.Exchanges;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Transport;
using Confgen.Runtime.Upstreams;

namespace Confgen.Runtime.Forwarding;

/// <summary>Forwards a request to a server that speaks HTTP/2, as gRPC servers do: body and answer are streams at the same time.</summary>
internal sealed class Http2Forwarder(Exchange exchange, UpstreamRequest plan, ServerState server, TimeProvider time) : IClientWatcher, IDisposable
{
    private const int PieceSize = 32 * 1024;

    private readonly CancellationTokenSource _ending = new();
    private volatile bool _clientHasLeft;

    /// <inheritdoc/>
    public void ClientLeft()
    {
        _clientHasLeft = true;
        _ending.Cancel();
    }

    /// <inheritdoc/>
    public void Dispose() => _ending.Dispose();

    /// <summary>Forwards the request.</summary>
    public async ValueTask<(Attempt Attempt, int Status)> RunAsync()
    {
        using HttpRequestMessage message = MakeRequest();
        var body = message.Content as Http2Body;
        exchange.WatchClient(this);
        try
        {
            if (body is null)
            {
                _ending.CancelAfter(plan.HeadTimeout);
            }

            using HttpResponseMessage response = await plan.Upstream.Http2ClientOf(server).SendAsync(message, _ending.Token);
            _ending.CancelAfter(Timeout.InfiniteTimeSpan);
            plan.Upstream.Responded(server, (int)response.StatusCode, 0);
            if (plan.Intercepts((int)response.StatusCode))
            {
                return (Attempt.Failed, (int)response.StatusCode);
            }

            await PassAsync(response);
            return (Attempt.Done, 0);
        }
        catch (HttpRequestException e) when (exchange.SentStatus == 0)
        {
            return _clientHasLeft || body?.Fault == 0 ? Left()
                : body?.Fault is { } fault ? (Attempt.Failed, fault)
                : e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.NameResolutionError ? (Attempt.NotConnected, plan.Upstream.Connector.FailureStatus)
                : (Attempt.Lost, 502);
        }
        catch (Exception e) when (e is HttpRequestException || InputBuffer.IsTransportFault(e))
        {
            return _clientHasLeft || exchange.SentStatus != 0 ? Left() : body?.Fault is { } fault and not 0 ? (Attempt.Failed, fault) : (Attempt.Lost, 504);
        }
        finally
        {
            exchange.WatchClient(null);
        }
    }

    private (Attempt Attempt, int Status) Left()
    {
        exchange.Abort();
        return (Attempt.Done, 0);
    }

    private HttpRequestMessage MakeRequest()
    {
        Request head = exchange.Request;
        string scheme = server.Address.Scheme == Model.Units.ServerScheme.Https ? "https" : "http";

        // The target must keep its bytes: the platform would decode and merge.
        var uri = new Uri($"{scheme}://{server.Address.HostPort}{plan.Target}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var message = new HttpRequestMessage(new HttpMethod(head.Method), uri) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        FieldList fields = plan.FieldsFor(server);
        HttpContentHeaders? content = null;
        if (head.Framing != BodyFraming.None)
        {
            message.Content = new Http2Body(exchange, () => _ending.CancelAfter(plan.HeadTimeout));
            content = message.Content.Headers;
        }

        for (int i = 0; i < fields.Count; i++)
        {
            string name = Encoding.Latin1.GetString(fields.Name(i));
            if (fields[i].Kind == FieldKind.Host)
            {
                message.Headers.Host = fields.ValueText(i);
            }
            else if (!message.Headers.TryAddWithoutValidation(name, fields.ValueText(i)))
            {
                content?.TryAddWithoutValidation(name, fields.ValueText(i));
            }
        }

        if (head.ExpectsContinue)
        {
            message.Headers.ExpectContinue = true;
        }

        if (head.TakesTrailers)
        {
            message.Headers.TryAddWithoutValidation("TE", "trailers");
        }

        return message;
    }

    private async ValueTask PassAsync(HttpResponseMessage message)
    {
        Response response = exchange.Response;
        response.Reset((int)message.StatusCode);
        Copy(message.Headers.NonValidated, response.Fields);
        Copy(message.Content.Headers.NonValidated, response.Fields);
        int at = response.Fields.IndexOf(FieldKind.ContentLength);
        response.Length = at >= 0 && Framing.TryLength(response.Fields.Value(at), out long length) ? length : null;
        HopByHop.Remove(response.Fields);
        response.HasBody = !exchange.Request.IsHead && response.Status is not (204 or 304) && response.Length != 0;
        var pace = FlushPace.Of(plan, response, time);
        plan.ApplyResponseRules(exchange, server);
        exchange.Begin();
        await exchange.FlushAsync();
        if (response.HasBody)
        {
            await using Stream stream = await message.Content.ReadAsStreamAsync(_ending.Token);
            byte[] piece = System.Buffers.ArrayPool<byte>.Shared.Rent(PieceSize);
            try
            {
                while (true)
                {
                    _ending.CancelAfter(plan.ReadTimeout);
                    ValueTask<int> reading = stream.ReadAsync(piece, _ending.Token);
                    int count = pace is null ? await reading : await pace.WaitAsync(reading.AsTask(), exchange);
                    if (count == 0)
                    {
                        break;
                    }

                    await exchange.WriteAsync(piece.AsMemory(0, count));
                    if (pace is null)
                    {
                        await exchange.FlushAsync();
                    }
                }
            }
            finally
            {
                System.Buffers.ArrayPool<byte>.Shared.Return(piece);
            }
        }

        plan.Leave();
        var trailers = new FieldList();
        Copy(message.TrailingHeaders.NonValidated, trailers);
        await exchange.EndAsync(trailers.Count > 0 ? Trailers.Filter(trailers) : null);
    }

    private static void Copy(HttpHeadersNonValidated from, FieldList to)
    {
        foreach ((string name, HeaderStringValues values) in from)
        {
            foreach (string value in values)
            {
                to.Add(Encoding.Latin1.GetBytes(name), Encoding.Latin1.GetBytes(value));
            }
        }
    }
}

using System.Text;
using Confgen.Model;
using Confgen.Model.Files;
using Confgen.Model.Routes;
using Confgen.Runtime.Acme;
using Confgen.Runtime.Errors;
using Confgen.Runtime.Exchanges;
using Confgen.Runtime.Files;
using Confgen.Runtime.Forwarding;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Observing;
using Confgen.Runtime.Routing;
using Confgen.Runtime.Transport;
using Confgen.Runtime.Upstreams;

namespace Confgen.Runtime;

/// <summary>
/// What happens to a request, whatever protocol it came by: (1) choose site and route, (2) ask the guards, (3) let the route's action
/// answer, (4) where that fails, answer with the error's page.
/// </summary>
internal sealed class Pipeline(
    Forwarder forwarder,
    DeadlineWatch watch,
    ProxyOptions options,
    AccessLogs logs,
    Metrics metrics,
    RecentRequests recent,
    Func<ChallengeProofs?> proofs
) : IRequestHandler
{
    private readonly Action _streamBegan = metrics.BecomeStream;
    private RoutingTable _table = new(
        new Spec(),
        options,
        _ => throw new InvalidOperationException(),
        new Dictionary<string, Tls.TlsTable>(StringComparer.Ordinal),
        new Dictionary<string, int>(StringComparer.Ordinal),
        _ => throw new InvalidOperationException()
    );

    /// <summary>What is served. A request keeps the table that it began with.</summary>
    public RoutingTable Table
    {
        get => Volatile.Read(ref _table);
        set => Volatile.Write(ref _table, value);
    }

    /// <summary>Answers a request. Every fault of a client or an upstream ends here; none is thrown.</summary>
    public async ValueTask HandleAsync(Exchange exchange)
    {
        // 0. An authority that looks for a proof comes before redirects and guards; what isn't being proven is a request as any other.
        exchange.Start(options.Time, _streamBegan);
        if (
            exchange.Request.Target.StartsWith(ChallengeProofs.Path, StringComparison.Ordinal)
            && proofs()?.ForTarget(exchange.Request.Target) is { } proof
        )
        {
            await RoutelessResponse.ProveAsync(exchange, proof);
            Tell(exchange, null, exchange.Elapsed);
            return;
        }

        // 1. Site and route.
        Choice choice = Table.Choose(exchange);
        if (choice.Request is not { } request)
        {
            NoteRefused(choice.Status);
            await RoutelessResponse.RefuseAsync(exchange, choice.Status, choice.Location);
            Tell(exchange, null, exchange.Elapsed);
            return;
        }

        // The conditions of a route may ask for them; from here on they concern nobody.
        HopByHop.Remove(exchange.Request.Fields);
        metrics.Begin();
        try
        {
            // 2. The guards.
            int? status = await request.Route.Guards.AskAsync(request, watch);
            exchange.MaxBody = request.Route.Config.MaxBody;
            if (
                status == 0
                && exchange.MaxBody > 0
                && exchange.Request.Framing == BodyFraming.Counted
                && exchange.Request.Length > exchange.MaxBody
            )
            {
                status = 413;
            }

            // 3. The action.
            if (status == 0)
            {
                status = await ActAsync(request);
            }

            // 4. The error.
            if (status is { } failure and not 0 && exchange.SentStatus == 0)
            {
                await FailAsync(request, failure);
            }
        }
        finally
        {
            await exchange.EndReadingAsync();
            TimeSpan took = exchange.Elapsed;
            metrics.End(exchange.IsStream);
            request.Route.Metrics.Add(exchange, took);
            logs.Write(request, took);
            Tell(exchange, request, took);
        }
    }

    /// <inheritdoc/>
    public void NoteRefused(int status) => metrics.Refused.AddRefused(status);

    private void Tell(Exchange exchange, RoutedRequest? request, TimeSpan took)
    {
        if (options.Served is null && !recent.IsOpen)
        {
            return;
        }

        var served = new ServedRequest(
            exchange.Request.Method,
            exchange.Request.Authority,
            exchange.Request.Target,
            exchange.SentStatus,
            took,
            request?.Route.Upstream?.Config.Name,
            request?.Server?.HostPort,
            request?.Route.Config.Path.ToString(),
            request?.UpstreamError?.Label
        );
        options.Served?.Invoke(served);
        if (recent.IsOpen)
        {
            recent.Add(served);
        }
    }

    // The status of what went wrong; 0 where the request was answered.
    private ValueTask<int> ActAsync(RoutedRequest request) =>
        request.Route.Config.Action switch
        {
            ProxyAction { FastCgi: { } fastCgi } proxy when request.Route.Upstream is { } upstream => RunScriptAsync(
                request,
                fastCgi,
                proxy,
                upstream
            ),
            ProxyAction { FilesFirst: { } files } proxy when request.Route.Upstream is { } upstream => FileOrForwardAsync(
                request,
                files,
                proxy,
                upstream
            ),
            ProxyAction proxy when request.Route.Upstream is { } upstream => ForwardAsync(request, proxy, upstream),
            FilesAction files => FileServer.ServeAsync(request, files),
            RespondAction or RedirectAction => RespondAsync(request),
            CloseAction => Close(request.Exchange),
            _ => ValueTask.FromResult(500),
        };

    private async ValueTask<int> FileOrForwardAsync(RoutedRequest request, FilesAction files, ProxyAction proxy, UpstreamState upstream) =>
        await FileServer.ServeFirstAsync(request, files) ?? await ForwardAsync(request, proxy, upstream);

    private async ValueTask<int> RunScriptAsync(RoutedRequest request, FastCgi fastCgi, ProxyAction proxy, UpstreamState upstream)
    {
        if (
            proxy.FilesFirst is { } files
            && !fastCgi.MayHoldSource(request.Path)
            && await FileServer.ServeFirstAsync(request, files) is { } status
        )
        {
            return status;
        }

        if (ScriptFinder.LacksSlash(request.Path, fastCgi))
        {
            return await FileServer.RedirectAsync(request);
        }

        return ScriptFinder.Find(request.Path, fastCgi) is { } script ? await ForwardAsync(request, proxy, upstream, script) : 404;
    }

    private ValueTask<int> ForwardAsync(RoutedRequest request, ProxyAction proxy, UpstreamState upstream, Script? script = null) =>
        forwarder.ForwardAsync(
            request.Exchange,
            new UpstreamRequest(request, proxy, upstream, request.Route.Rewriter.Rewrite(request.Exchange.Request.Target))
            {
                Addresses = request.Route.Addresses,
                Script = script,
            }
        );

    private static ValueTask<int> Close(Exchange exchange)
    {
        exchange.Abort();
        return ValueTask.FromResult(0);
    }

    private static async ValueTask<int> RespondAsync(RoutedRequest request)
    {
        if (request.Route.Config.Action is RespondAction respond)
        {
            await RespondAsync(request, respond.Status, Encoding.UTF8.GetBytes(respond.Body), respond.ContentType);
        }
        else if (request.Route.Config.Action is RedirectAction redirect)
        {
            request.Exchange.Response.Reset(redirect.Status);
            request.Exchange.Response.Fields.Add("Location"u8, Encoding.Latin1.GetBytes(FieldEditor.Expand(redirect.To, request)));
            await EndAsync(request, default);
        }

        return 0;
    }

    private async ValueTask FailAsync(RoutedRequest request, int status)
    {
        ErrorPage? page = ErrorPages.Find(request.Route.Config.Errors, status);
        if (page?.Proxy is not null && !request.Exchange.HasTakenBody)
        {
            var plan = new UpstreamRequest(
                request,
                new ProxyAction { Upstream = page.Proxy },
                request.Route.ErrorUpstreams[page],
                request.Exchange.Request.Target
            )
            {
                MayIntercept = false,
            };
            int second = await forwarder.ForwardAsync(request.Exchange, plan);
            if (second == 0)
            {
                return;
            }
        }
        else if (page?.File is { } file && FileServer.TryReadPage(file) is { } content)
        {
            await RespondAsync(request, page.Status ?? status, content, MediaTypes.Of(file));
            return;
        }
        else if (page?.Body is { } body)
        {
            await RespondAsync(request, page.Status ?? status, Encoding.UTF8.GetBytes(body), page.ContentType);
            return;
        }

        request.Exchange.Response.Reset(status);
        if (status == 503 && request.Route.Config.Proxy?.Tunnel is not null)
        {
            // A bridge is back within two seconds of a restart.
            request.Exchange.Response.Fields.Add("Retry-After"u8, "1"u8);
        }

        await EndAsync(request, default);
    }

    private static ValueTask RespondAsync(RoutedRequest request, int status, byte[] body, string contentType)
    {
        request.Exchange.Response.Reset(status);
        if (body.Length > 0)
        {
            request.Exchange.Response.Fields.Add("Content-Type"u8, Encoding.Latin1.GetBytes(contentType));
        }

        return EndAsync(request, body);
    }

    private static async ValueTask EndAsync(RoutedRequest request, ReadOnlyMemory<byte> body)
    {
        Exchange exchange = request.Exchange;
        bool mayHaveBody = exchange.Response.Status is not (204 or 205 or 304);
        exchange.Response.Length = mayHaveBody ? body.Length : null;
        exchange.Response.HasBody = mayHaveBody && !exchange.Request.IsHead && body.Length > 0;
        ResponseRules.Apply(request);
        exchange.Begin();
        await exchange.WriteAsync(body);
        await exchange.EndAsync(null);
    }
}

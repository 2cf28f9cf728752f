using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Net.Sockets;
using Confgen.Conformance.Tests.Wire;

namespace Confgen.Conformance.Tests.Grid.Origins;

/// <summary>What the origins do with a request, as its case says.</summary>
internal sealed class OriginScript(IEnumerable<GridRun> runs)
{
    public const string Pong = "pong";
    public const string Denial = "the auth server says no\n";

    private const int Piece = 32 * 1024;

    private readonly FrozenDictionary<int, GridRun> _runs = runs.ToFrozenDictionary(r => r.Case.Number);

    public async Task PlayAsync(OriginExchange exchange, ConcurrentQueue<string> faults, CancellationToken stop)
    {
        string path = exchange.Target.Split('?')[0];
        if (path is "/auth/yes" or "/auth/no" || path.EndsWith("/ping", StringComparison.Ordinal))
        {
            await AnswerAsync(exchange, path, stop);
            return;
        }

        if (!int.TryParse(exchange.Target.Split("?id=")[^1], out int number) || !_runs.TryGetValue(number, out GridRun? run))
        {
            faults.Enqueue($"a request that nobody sent: {exchange.Method} {Bytes.Show(exchange.Target)}");
            return;
        }

        var arrival = new Arrival(exchange.Method, exchange.Target, exchange.Fields) { Body = new PayloadCheck(run.Up) };
        run.Arrivals.Enqueue(arrival);
        try
        {
            await exchange.ReadBodyAsync(arrival, stop);
            if (arrival.Fault is null)
            {
                await RespondAsync(exchange, run, stop);
            }
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
        {
            // The proxy left; whether it should have is judged from what it sent and what the client got.
        }
        finally
        {
            run.Middle.TrySetResult();
            run.OriginEnded.TrySetResult();
        }
    }

    private static async Task AnswerAsync(OriginExchange exchange, string path, CancellationToken stop)
    {
        var ignored = new Arrival("", "", []) { Body = new PayloadCheck(new Payload(0, 0)) };
        await exchange.ReadBodyAsync(ignored, stop);
        string body = path switch
        {
            "/auth/yes" => "",
            "/auth/no" => Denial,
            _ => Pong,
        };
        Field[] fields = [new("Content-Type", "text/plain"), new("Remote-User", "alice")];
        await exchange.SendHeadAsync(path == "/auth/no" ? 403 : 200, fields, Framing.Length, body.Length, [], stop);
        await exchange.SendBodyAsync(Bytes.Of(body), stop);
        await exchange.EndAsync([], stop);
    }

    private static async Task RespondAsync(OriginExchange exchange, GridRun run, CancellationToken stop)
    {
        GridCase told = run.Case;
        if (told.Extra == GridExtra.Interim)
        {
            await exchange.SendInterimAsync(103, [new("link", "</style.css>; rel=preload")], stop);
        }

        bool late = told.Operates && (told.Size < 2 || told.Request.Method == "HEAD");
        if (late)
        {
            run.Middle.TrySetResult();
            await run.Go.Task.WaitAsync(stop);
        }

        IReadOnlyList<Field> trailers = ExtraFields.Trailers(told.Extra);
        await exchange.SendHeadAsync(
            told.Route == GridRoute.Intercepted ? 503 : 200,
            [new("Content-Type", "text/plain; charset=utf-8"), new("ETag", "\"strong\""), .. ExtraFields.OfResponse(told.Extra)],
            told.Framing,
            told.Size,
            trailers,
            stop
        );
        // What comes before a client leaves fits into the smallest buffer on the way, for it needn't be read.
        long middle =
            told.OriginCuts || told.Operates ? told.Size / 2
            : told.ClientLeaves ? Math.Min(told.Size / 2, Piece)
            : 0;
        if (told.Reader == GridReader.Stops)
        {
            middle = 0;
            run.Middle.TrySetResult();
        }

        await SendAsync(exchange, run, middle, stop);
        run.Middle.TrySetResult();
        if (told.OriginCuts)
        {
            await exchange.CutAsync(told.Ending == GridEnding.OriginResets, stop);
            return;
        }

        if (told.ClientLeaves && told.Reader != GridReader.Stops && told.Request.Method != "HEAD")
        {
            await exchange.LeftAsync(stop);
            return;
        }

        if (told.Operates)
        {
            await run.Go.Task.WaitAsync(stop);
        }

        await SendAsync(exchange, run, told.Size, stop);
        await exchange.EndAsync(trailers, stop);
    }

    private static async Task SendAsync(OriginExchange exchange, GridRun run, long until, CancellationToken stop)
    {
        while (run.Sent < until)
        {
            ReadOnlyMemory<byte> piece = run.Down.From(run.Sent);
            piece = piece[..(int)Math.Min(Math.Min(piece.Length, Piece), until - run.Sent)];
            await exchange.SendBodyAsync(piece, stop);
            run.Sent += piece.Length;
        }
    }
}

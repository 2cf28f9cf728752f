using Confgen.Conformance.Tests.Backends;
using Confgen.Conformance.Tests.Wire;

namespace Confgen.Conformance.Tests.Cases;

/// <summary>Reads what a backend answers.</summary>
internal static class ResponseReader
{
    public static Response Read(CaseMap map)
    {
        var then = Enum.Parse<Ending>(map.Text("then") ?? "keep", ignoreCase: true);
        string? raw = map.Text("raw")?.Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal);
        bool silent = map.Flag("hang") || then == Ending.Stall;
        bool webSocket = map.Flag("websocket");
        Response response;
        if (silent || raw is not null)
        {
            response = new Response
            {
                Head = Bytes.Of(raw ?? ""),
                Then =
                    then == Ending.Stall ? then
                    : silent ? Ending.Hang
                    : then,
            };
        }
        else
        {
            response = Made(map, then, webSocket);
        }

        response = response with
        {
            Early = map.Flag("early"),
            Lockstep = map.Flag("in_step"),
            Delay = TimeSpan.FromMilliseconds(map.Integer("delay") ?? 0),
        };
        map.Done();
        return response;
    }

    private static Response Made(CaseMap map, Ending then, bool webSocket)
    {
        bool chunked = map.Has("chunked");
        bool untilClose = map.Flag("until_close");
        string[] body = (map.Node(chunked ? "chunked" : "body") is { } node ? CaseMap.Items(node) : [])
            .Select(n => BodyReader.Read(map, n))
            .ToArray();
        IReadOnlyList<string> headers = map.Texts("headers");
        if (
            !map.Flag("untyped")
            && body.Any(p => p.Length > 0)
            && !headers.Any(h => h.StartsWith("Content-Type:", StringComparison.OrdinalIgnoreCase))
        )
        {
            headers = [.. headers, "Content-Type: text/plain"];
        }

        int status = map.Integer("status") ?? (webSocket ? 101 : 200);
        bool framed = headers.Any(h => h.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)) || status is 101 or 204 or 304;
        IEnumerable<string> lines =
        [
            .. map.Texts("interim").SelectMany(i => i.Split('\n')).Select(l => l),
            $"HTTP/1.1 {status} {map.Text("reason") ?? "Whatever"}",
            .. headers,
            .. webSocket ? ["Connection: Upgrade", "Upgrade: websocket"] : Array.Empty<string>(),
            .. chunked ? ["Transfer-Encoding: chunked"] : Array.Empty<string>(),
            .. chunked || framed || untilClose ? Array.Empty<string>() : [$"Content-Length: {body.Sum(p => p.Length)}"],
            "\r\n",
        ];
        IReadOnlyList<string> trailers = map.Texts("trailers");
        string end = "0\r\n" + string.Concat(trailers.Select(t => t + "\r\n")) + "\r\n";
        return new Response
        {
            Head = Bytes.Of(string.Join("\r\n", lines)),
            Pieces = chunked
                ?
                [
                    .. body.Select(p => new Piece(Bytes.Of($"{p.Length:x}\r\n{p}\r\n"), p.Length)),
                    .. map.Flag("unfinished") ? Array.Empty<Piece>() : [new Piece(Bytes.Of(end), 0)],
                ]
                : [.. body.Select(p => new Piece(Bytes.Of(p), p.Length))],
            WebSocket = webSocket,
            Then = untilClose ? Ending.Close : then,
        };
    }
}

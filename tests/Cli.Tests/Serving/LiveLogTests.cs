using Confgen.Cli.Serving;
using Confgen.Runtime.Observing;

namespace Confgen.Cli.Tests.Serving;

public sealed class LiveLogTests
{
    [Fact]
    public async Task A_request_is_a_line()
    {
        using var writer = new StringWriter();
        await using (var log = new LiveLog(writer, hasColours: false, TimeProvider.System))
        {
            log.Add(
                new ServedRequest("GET", "a.test", "/api?x=1", 200, TimeSpan.FromMilliseconds(12.4), "app", "127.0.0.1:3000", "path: /api")
            );
            log.Add(
                new ServedRequest("POST", "a.test", "/", 502, TimeSpan.FromSeconds(12.34), "http://127.0.0.1:9", "127.0.0.1:9", "path: /")
            );
            log.Add(new ServedRequest("DELETE", "b.test", "/", 404, TimeSpan.FromMilliseconds(0.1), null, null, null));
            log.Add(new ServedRequest("GET", "b.test", "/slow", 0, TimeSpan.FromMilliseconds(9), null, null, "path: /"));
        }

        string[] lines = [.. writer.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l[9..].TrimEnd())];
        Assert.Equal(
            [
                "GET     200      12ms  a.test/api?x=1  -> app 127.0.0.1:3000  path: /api",
                "POST    502     12.3s  a.test/  -> 127.0.0.1:9  path: /",
                "DELETE  404     0.1ms  b.test/  no route",
                "GET     left    9.0ms  b.test/slow  path: /",
            ],
            lines
        );
    }

    [Fact]
    public async Task A_client_cannot_speak_to_the_terminal()
    {
        using var writer = new StringWriter();
        await using (var log = new LiveLog(writer, hasColours: false, TimeProvider.System))
        {
            log.Add(new ServedRequest("GET", "a.test", "/\u009b31m\u0085", 200, TimeSpan.Zero, null, null, "path: /"));
        }

        Assert.Contains(@"/\u009b31m\u0085", writer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slow_terminal_holds_nobody_up()
    {
        using var writer = new SlowWriter();
        var log = new LiveLog(writer, hasColours: true, TimeProvider.System);
        for (int i = 0; i < 10_000; i++)
        {
            log.Add(new ServedRequest("GET", "a.test", "/", 200, TimeSpan.Zero, null, null, "path: /"));
        }

        writer.Go.SetResult();
        await log.DisposeAsync();

        Assert.Contains(writer.Lines, l => l.Contains("requests were faster than this terminal", StringComparison.Ordinal));
        Assert.Contains("\e[", writer.Lines[0], StringComparison.Ordinal);
        Assert.InRange(writer.Lines.Count, 4096, 9999);
    }

    private sealed class SlowWriter : StringWriter
    {
        public TaskCompletionSource Go { get; } = new();

        public List<string> Lines { get; } = [];

        public override async Task WriteLineAsync(string? value)
        {
            await Go.Task;
            Lines.Add(value ?? "");
        }
    }
}

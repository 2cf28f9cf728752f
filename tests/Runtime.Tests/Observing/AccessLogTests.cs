using System.Text.Json;
using Confgen.Runtime.Tests.Support;

namespace Confgen.Runtime.Tests.Observing;

public sealed class AccessLogTests
{
    [Fact]
    public async Task Each_request_is_one_line_that_no_client_can_forge()
    {
        string folder = Directory.CreateTempSubdirectory("confgen-log-").FullName;
        await using Backend backend = new();
        string spec = $$"""
            sites:
              - host: _
                listen: ["127.0.0.1:PORT"]
                log: { format: json, output: {{folder}}/json.log }
                routes:
                  - { path: /, proxy: "http://127.0.0.1:{{backend.Port}}" }
                  - { path: /combined, proxy: "http://127.0.0.1:{{backend.Port}}", log: { format: combined, output: {{folder}}/combined.log } }
                  - { exact: /quiet, proxy: "http://127.0.0.1:{{backend.Port}}", log: off }
            """;
        await using (TestProxy proxy = await TestProxy.StartAsync(spec))
        {
            await proxy.GetAsync("/a?b", fields: "User-Agent: \"x\" \u00e9\r\n");
            await proxy.GetAsync("/combined", fields: "User-Agent: a\" 200 1 \"\\x\u00e9\r\n");
            await proxy.GetAsync("/quiet");
        }

        JsonElement line = JsonDocument.Parse(Assert.Single(await File.ReadAllLinesAsync(folder + "/json.log"))).RootElement;
        Assert.Equal(("127.0.0.1", "GET", "/a?b", 200, 2), (line.GetProperty("client").GetString(), line.GetProperty("method").GetString(), line.GetProperty("target").GetString(), line.GetProperty("status").GetInt32(), line.GetProperty("bytes").GetInt32()));
        Assert.Matches("^127\\.0\\.0\\.1 - - \\[.{26}\\] \"GET /combined HTTP/1\\.1\" 200 2 \"-\" \"a\\\\x22 200 1 \\\\x22\\\\x5Cx\\\\xE9\"$", Assert.Single(await File.ReadAllLinesAsync(folder + "/combined.log")));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_log_that_cannot_be_written_is_told_once_and_tried_again()
    {
        string folder = Directory.CreateTempSubdirectory("confgen-log-").FullName;
        string log = Path.Combine(folder, "later", "access.log");
        var notices = new System.Collections.Concurrent.ConcurrentQueue<string>();
        await using (TestProxy proxy = await TestProxy.StartAsync($$"""sites: [{ host: _, listen: ["127.0.0.1:PORT"], log: { format: json, output: {{log}} }, respond: ok }]""", new ProxyOptions { Notice = notices.Enqueue }))
        {
            for (int i = 0; i < 5; i++)
            {
                Assert.Equal(200, (await proxy.GetAsync("/lost")).Status);
            }

            await Eventually.TrueAsync(() => !notices.IsEmpty, "the fault is told");
            Directory.CreateDirectory(Path.GetDirectoryName(log)!);
            await Eventually.TrueAsync(
                () =>
                {
                    Assert.Equal(200, proxy.GetAsync("/kept").Result.Status);
                    return File.Exists(log) && new FileInfo(log).Length > 0;
                },
                "the log is written");
            await Eventually.TrueAsync(() => notices.Count == 2, "what was lost is told");
        }

        Assert.Contains("can't be written", notices.First(), StringComparison.Ordinal);
        Assert.Contains("lines were left out", notices.Last(), StringComparison.Ordinal);
        Assert.All(await File.ReadAllLinesAsync(log), line => Assert.Contains("/kept", line, StringComparison.Ordinal));
        Directory.Delete(folder, recursive: true);
    }
}

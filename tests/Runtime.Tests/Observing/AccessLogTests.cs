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
        Assert.Equal(
            ("127.0.0.1", "GET", "/a?b", 200, 2),
            (
                line.GetProperty("client").GetString(),
                line.GetProperty("method").GetString(),
                line.GetProperty("target").GetString(),
                line.GetProperty("status").GetInt32(),
                line.GetProperty("bytes_out").GetInt32()
            )
        );
        Assert.Matches(
            "^127\\.0\\.0\\.1 - - \\[.{26}\\] \"GET /combined HTTP/1\\.1\" 200 2 \"-\" \"a\\\\x22 200 1 \\\\x22\\\\x5Cx\\\\xE9\"$",
            Assert.Single(await File.ReadAllLinesAsync(folder + "/combined.log"))
        );
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_line_of_JSON_has_the_fields_of_every_target_in_their_order()
    {
        string folder = Directory.CreateTempSubdirectory("confgen-log-").FullName;
        int dead = FreePort.Next();
        await using Backend backend = Backend.Answering("HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\ngone");
        string spec = $$"""
            sites:
              - host: a.test
                listen: ["127.0.0.1:PORT"]
                log: { format: json, output: {{folder}}/json.log }
                routes:
                  - { path: /, proxy: "http://127.0.0.1:{{backend.Port}}", headers: { request: { set: { X-Id: "{request_id}" } } } }
                  - { exact: /dead, proxy: "http://127.0.0.1:{{dead}}" }
                  - { exact: /own, respond: own }
            """;
        await using (TestProxy proxy = await TestProxy.StartAsync(spec))
        {
            await proxy.AskAsync(
                "POST /x?y HTTP/1.1\r\nHost: a.test\r\nUser-Agent: me\r\nReferer: there\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n"
                    + "hello\r\n0\r\n\r\n"
            );
            await proxy.GetAsync("/dead");
            await proxy.GetAsync("/own");
        }

        // A line is written when its response is over, which another connection's may be first.
        JsonElement[] lines =
        [
            .. (await File.ReadAllLinesAsync(folder + "/json.log"))
                .Select(l => JsonDocument.Parse(l).RootElement)
                .OrderBy(l => Array.IndexOf(["/x?y", "/dead", "/own"], l.GetProperty("target").GetString())),
        ];
        Assert.Equal(
            "time site route client method scheme host target protocol status bytes_in bytes_out duration ttfb upstream upstream_status "
                + "request_id user_agent referer error",
            string.Join(' ', lines[0].EnumerateObject().Select(p => p.Name))
        );
        Assert.Equal(
            $"a.test|path: "
                + $"/|127.0.0.1|POST|http|a.test|/x?y|HTTP/1.1|404|5|4|127.0.0.1:{backend.Port}|404|{backend.Request.Field("X-Id")}|me|there|",
            string.Join(
                '|',
                lines[0].EnumerateObject().Where(p => p.Name is not ("time" or "duration" or "ttfb")).Select(p => p.Value.ToString())
            )
        );
        Assert.InRange(lines[0].GetProperty("ttfb").GetDouble(), 0, lines[0].GetProperty("duration").GetDouble());
        Assert.Equal(
            (502, JsonValueKind.Null, "connect_refused"),
            (
                lines[1].GetProperty("status").GetInt32(),
                lines[1].GetProperty("upstream_status").ValueKind,
                lines[1].GetProperty("error").GetString()
            )
        );
        Assert.Equal(
            ("", JsonValueKind.Null, 3, null),
            (
                lines[2].GetProperty("upstream").GetString(),
                lines[2].GetProperty("upstream_status").ValueKind,
                lines[2].GetProperty("bytes_out").GetInt32(),
                lines[2].GetProperty("error").GetString()
            )
        );
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_log_that_cannot_be_written_is_told_once_and_tried_again()
    {
        string folder = Directory.CreateTempSubdirectory("confgen-log-").FullName;
        string log = Path.Combine(folder, "later", "access.log");
        var notices = new System.Collections.Concurrent.ConcurrentQueue<string>();
        await using (
            TestProxy proxy = await TestProxy.StartAsync(
                $$"""sites: [{ host: _, listen: ["127.0.0.1:PORT"], log: { format: json, output: {{log}} }, respond: ok }]""",
                new ProxyOptions { Notice = notices.Enqueue }
            )
        )
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
                "the log is written"
            );
            await Eventually.TrueAsync(() => notices.Count == 2, "what was lost is told");
        }

        Assert.Contains("can't be written", notices.First(), StringComparison.Ordinal);
        Assert.Contains("lines were left out", notices.Last(), StringComparison.Ordinal);
        Assert.All(await File.ReadAllLinesAsync(log), line => Assert.Contains("/kept", line, StringComparison.Ordinal));
        Directory.Delete(folder, recursive: true);
    }
}

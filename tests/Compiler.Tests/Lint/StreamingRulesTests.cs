using static Confgen.Compiler.Tests.Support.Findings;

namespace Confgen.Compiler.Tests.Lint;

/// <summary>Streams that would be held back or cut, and uploads that would be refused.</summary>
public sealed class StreamingRulesTests
{
    private const string P = "proxy: \"http://127.0.0.1:3000\"";

    [Theory]
    [InlineData("CFG0340", $"path: /sse, {P}")]
    [InlineData("CFG0340", $"exact: /api/event-stream, {P}")]
    [InlineData("CFG0340", $"path: /v1/chat/completions, {P}")]
    [InlineData("CFG0340", $"path: /, {P}, match: {{ header: {{ accept: \"*text/event-stream*\" }} }}")]
    [InlineData("CFG0341", $"path: /api/ws, {P}")]
    [InlineData("CFG0341", $"path: /websocket, {P}, websocket: false")]
    [InlineData("CFG0344", $"path: /, {P}, sse: true, flush_interval: 100ms")]
    [InlineData("CFG0350", $"path: /media, {P}, max_body: 500KB")]
    [InlineData("CFG0351", $"path: /, {P}, max_body: 0")]
    public void Something_is_said_of_this_route(string code, string route) => Assert.Equal([code], Codes(Site(route)));

    [Theory]
    [InlineData($"path: /sse, {P}, sse: true")]
    [InlineData($"path: /sse, {P}, flush_interval: 0s")]
    [InlineData("path: /sse, respond: none")]
    [InlineData($"path: /assets, {P}")]
    [InlineData($"path: /events, {P}")]
    [InlineData($"path: /ws, {P}, websocket: true")]
    [InlineData($"path: /ws, {P}, timeouts: {{ read: 10m }}")]
    [InlineData($"path: /news, {P}")]
    [InlineData($"path: /, {P}, sse: true, flush_interval: 0s")]
    [InlineData($"path: /media, {P}, match: {{ method: [GET, HEAD] }}, max_body: 1KB")]
    [InlineData($"path: /upload, {P}, max_body: 20MB")]
    [InlineData($"path: /, {P}, max_body: 0, allow: [10.0.0.0/8]")]
    public void Nothing_is_said_of_this_route(string route) => Assert.Empty(Codes(Site(route)));
}

using System.Text;
using Confgen.Runtime.Tests.Support;

namespace Confgen.Runtime.Tests.Forwarding;

/// <summary><c>flush_interval</c> holds crumbs of a response back, and never for longer.</summary>
public sealed class FlushTests
{
    [Fact]
    public async Task Crumbs_go_on_together()
    {
        await using var backend = new Backend(c => CrumbsAsync(c, "Content-Length: 5"));
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend, "flush_interval: 1h");
        using RawClient client = proxy.Connect();
        await client.SendAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n");
        Assert.EndsWith("\r\n\r\n", await NextAsync(client));
        Assert.Equal("abcde", await NextAsync(client));
    }

    [Fact]
    public async Task What_is_held_back_goes_on_when_its_time_is_over()
    {
        var seen = new TaskCompletionSource();
        await using var backend = new Backend(async c =>
        {
            await c.ReadRequestAsync();
            await c.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\na");
            await seen.Task;
            await c.SendAsync("b");
        });
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend, "flush_interval: 10ms");
        using RawClient client = proxy.Connect();
        await client.SendAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n");
        Assert.EndsWith("a", await client.ReadUntilAsync("\r\n\r\na"));
        seen.SetResult();
        Assert.Equal("b", await client.ReadAsync(1));
    }

    [Fact]
    public async Task An_answer_without_a_length_goes_on_at_once()
    {
        var seen = new TaskCompletionSource();
        await using var backend = new Backend(async c =>
        {
            await c.ReadRequestAsync();
            await c.SendAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n");
            await seen.Task;
            await c.SendAsync("0\r\n\r\n");
        });
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend, "flush_interval: 1h");
        using RawClient client = proxy.Connect();
        await client.SendAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n");
        Assert.EndsWith("1\r\na\r\n", await client.ReadUntilAsync("\r\na\r\n"));
        seen.SetResult();
        Assert.Equal("0\r\n\r\n", await client.ReadUntilAsync("0\r\n\r\n"));
    }

    // The pauses only make it likely that the proxy sees each crumb alone: what it must do then is the same.
    private static async Task CrumbsAsync(BackendConnection connection, string framing)
    {
        await connection.ReadRequestAsync();
        await connection.SendAsync($"HTTP/1.1 200 OK\r\n{framing}\r\n\r\n");
        foreach (char crumb in "abcde")
        {
            await Task.Delay(20);
            await connection.SendAsync(crumb.ToString());
        }
    }

    private static async Task<string> NextAsync(RawClient client)
    {
        byte[] buffer = new byte[4096];
        return Encoding.Latin1.GetString(buffer, 0, await client.Stream.ReadAsync(buffer));
    }
}

using Confgen.Runtime.Tests.Support;
using static Confgen.Runtime.Tests.Support.Http3RawClient;

namespace Confgen.Runtime.Tests.Http3;

/// <summary>What ends when a client of HTTP/3 leaves: its requests, and everything that its connection held.</summary>
public sealed class Http3LeavingTests
{
    [Fact]
    public async Task When_the_client_leaves_the_server_hears_of_it()
    {
        var left = new TaskCompletionSource();
        await using Backend backend = new(async c =>
        {
            // The client may leave before the request was sent on: the connection ends all the same.
            await c.Client.ReadToEndAsync();
            left.SetResult();
        });
        await using TestProxy proxy = await Http3Proxy.BeforeAsync(backend);
        Http3RawClient client = await ToAsync(proxy);
        MemoryStreamPair stream = client.Connection.Open();
        await stream.SendAsync(Request(), ends: true);
        await Eventually.TrueAsync(() => backend.Connections == 1, "the request is under way");

        stream.StopServer();

        await left.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task When_the_connection_breaks_the_server_hears_of_it()
    {
        var left = new TaskCompletionSource();
        await using Backend backend = new(async c =>
        {
            await c.ReadRequestAsync();
            await c.Client.ReadToEndAsync();
            left.SetResult();
        });
        await using TestProxy proxy = await Http3Proxy.BeforeAsync(backend);
        Http3RawClient client = await ToAsync(proxy);
        await client.Connection.Open().SendAsync(Request(), ends: true);
        await Eventually.TrueAsync(() => backend.Requests.Count == 1, "the request is under way");

        client.Connection.Leave();

        await left.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await client.Served.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(0, proxy.Server.Http3.Count);
    }

    [Fact]
    public async Task A_connection_that_is_over_leaves_no_stream_behind()
    {
        await using Backend backend = new();
        await using TestProxy proxy = await Http3Proxy.BeforeAsync(backend);
        Http3RawClient client = await ToAsync(proxy);
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal(200, (await client.AskAsync(Request())).Status);
        }

        client.Connection.Leave();
        await client.Served.WaitAsync(TimeSpan.FromSeconds(20));

        // Five requests, and a control stream of each side.
        await Eventually.TrueAsync(() => client.Connection.Disposed == 7, "every stream was given back");
    }
}

namespace Confgen.Runtime.Tests.Support;

/// <summary>A running proxy. In the spec, PORT stands for its own port, and PORT2 for a second one.</summary>
internal sealed class TestProxy : IAsyncDisposable
{
    private TestProxy(ProxyServer server, int port, int port2) => (Server, Port, Port2) = (server, port, port2);

    public ProxyServer Server { get; }

    public int Port { get; }

    public int Port2 { get; }

    public static async Task<TestProxy> StartAsync(string yaml, ProxyOptions? options = null)
    {
        (int port, int port2) = (FreePort.Next(), FreePort.Next());
        var server = new ProxyServer(options ?? new ProxyOptions());
        var failures = await server.ServeAsync(Specs.Read(Fill(yaml, port, port2)));
        Assert.Empty(failures);
        return new TestProxy(server, port, port2);
    }

    /// <summary>A proxy for one host whose only route goes to a backend.</summary>
    public static Task<TestProxy> BeforeAsync(Backend backend, string route = "") =>
        StartAsync(
            $$"""
            sites:
              - host: _
                listen: ["127.0.0.1:PORT"]
                routes:
                  - path: /
                    proxy: http://127.0.0.1:{{backend.Port}}
            {{string.Join("\n", route.Split('\n').Select(l => "        " + l))}}
            """
        );

    public RawClient Connect() => RawClient.To(Port);

    /// <summary>Sends one request on a connection of its own, and receives the response.</summary>
    public async Task<RawResponse> AskAsync(string request)
    {
        using RawClient client = Connect();
        await client.SendAsync(request);
        return await client.ReadResponseAsync(isHead: request.StartsWith("HEAD ", StringComparison.Ordinal));
    }

    public Task<RawResponse> GetAsync(string target, string host = "a.test", string fields = "") =>
        AskAsync($"GET {target} HTTP/1.1\r\nHost: {host}\r\n{fields}\r\n");

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    public static string Fill(string yaml, int port, int port2) => yaml.Replace("PORT2", port2.ToString()).Replace("PORT", port.ToString());
}

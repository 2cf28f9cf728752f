using System.Net;
using System.Net.Sockets;
using Confgen.Cli.Tests.World;

namespace Confgen.Cli.Tests.Serving;

/// <summary><c>confgen health</c>, as a container's health check calls it.</summary>
public sealed class HealthTests
{
    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok\n", 0, "healthy")]
    [InlineData("HTTP/1.1 503 Service Unavailable\r\n\r\nnot ready\n", 1, "status 503: not ready")]
    [InlineData("SSH-2.0-x\r\n", 1, "the response isn't HTTP")]
    [InlineData("", 1, "the response isn't HTTP")]
    public async Task A_response_decides(string response, int code, string said)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task serving = Task.Run(async () =>
        {
            using Socket client = await listener.AcceptSocketAsync();
            await client.ReceiveAsync(new byte[1000]);
            await client.SendAsync(System.Text.Encoding.Latin1.GetBytes(response));
        });
        using var session = new Session();
        Said health = session.Run("health", listener.LocalEndpoint.ToString()!).Gives(code);
        Assert.Contains(said, health.Error, StringComparison.Ordinal);
        await serving;
    }

    [Fact]
    public void A_silent_server_is_not_awaited_for_ever()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var session = new Session();
        Said health = session.Run("health", listener.LocalEndpoint.ToString()!, "--timeout", "50ms").Gives(1);
        Assert.Contains("no response within 0.05 s", health.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10.0.0.1:9180")]
    [InlineData("unix:relative")]
    [InlineData("127.0.0.1")]
    public void An_address_that_serve_would_refuse_is_a_bad_call(string address)
    {
        using var session = new Session();
        session.Run("health", address).Gives(2);
    }

    [Fact]
    public void A_socket_that_nobody_listens_at()
    {
        using var session = new Session();
        session.Run("health", "unix:" + session.PathOf("admin.sock")).Gives(1);
    }

    [Fact]
    public async Task The_proxy_itself_is_healthy()
    {
        await using ServeProcess served = await ServeProcess.StartAsync(
            "sites: [{ host: _, listen: [\"127.0.0.1:PORT\"], respond: here }]",
            "--admin",
            "127.0.0.1:PORT2"
        );
        using var session = new Session { Targets = null };
        session.Run("health", $"localhost:{served.Port2}").Gives(0);
    }
}

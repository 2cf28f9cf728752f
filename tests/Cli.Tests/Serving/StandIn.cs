using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Confgen.Cli.Tests.Serving;

/// <summary>An application behind the proxy: answers, echoes, streams and waits, as the query of its targets says.</summary>
internal sealed class StandIn : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly SemaphoreSlim _events = new(0);
    private readonly TaskCompletionSource _go = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _waiting;

    private StandIn(WebApplication app) => _app = app;

    public int Port { get; private init; }

    /// <summary>Requests to <c>?do=wait</c> that are under way.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    public static async Task<StandIn> StartAsync(HttpProtocols protocols = HttpProtocols.Http1, X509Certificate2? certificate = null)
    {
        int port = FreePort.Next();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(o =>
            o.Listen(
                IPAddress.Loopback,
                port,
                listen =>
                {
                    listen.Protocols = protocols;
                    if (certificate is not null)
                    {
                        listen.UseHttps(certificate);
                    }
                }
            )
        );
        WebApplication app = builder.Build();
        var standIn = new StandIn(app) { Port = port };
        app.UseWebSockets();
        app.Run(standIn.ResponseAsync);
        await app.StartAsync();
        return standIn;
    }

    /// <summary>Lets the event streams send one event.</summary>
    public void SendEvent() => _events.Release();

    /// <summary>Lets requests to <c>?do=wait</c> go.</summary>
    public void Go() => _go.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        _go.TrySetResult();
        await _app.DisposeAsync();
        _events.Dispose();
    }

    private async Task ResponseAsync(HttpContext context)
    {
        if (context.WebSockets.IsWebSocketRequest)
        {
            await EchoAsync(await context.WebSockets.AcceptWebSocketAsync());
            return;
        }

        switch (context.Request.QueryString.Value)
        {
            case "?do=events":
                context.Response.ContentType = "text/event-stream";
                await context.Response.Body.FlushAsync();
                while (true)
                {
                    await _events.WaitAsync(context.RequestAborted);
                    await context.Response.WriteAsync("data: tick\n\n");
                }

            case "?do=wait":
                Interlocked.Increment(ref _waiting);
                await _go.Task.WaitAsync(context.RequestAborted);
                await context.Response.WriteAsync("waited");
                break;
            default:
                await context.Response.WriteAsync($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}");
                break;
        }
    }

    private static async Task EchoAsync(WebSocket socket)
    {
        byte[] buffer = new byte[4096];
        while (await socket.ReceiveAsync(buffer, CancellationToken.None) is { MessageType: not WebSocketMessageType.Close } got)
        {
            await socket.SendAsync(buffer.AsMemory(0, got.Count), got.MessageType, got.EndOfMessage, CancellationToken.None);
        }

        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;

namespace Confgen.Targets.Tests.V2Ray;

/// <summary>What people do with a web application, done through a tunnel and compared at both ends.</summary>
internal sealed class TunnelUse(int port, PrivateService service) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly HttpClient _client = new() { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = Patience };

    public void Dispose() => _client.Dispose();

    /// <summary>Waits until the tunnel carries requests, or a program has ended.</summary>
    public async Task<string> ReadyAsync(params RunningProgram[] programs)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            Assert.DoesNotContain(programs, p => p.HasEnded);
            try
            {
                using HttpResponseMessage response = await _client.GetAsync("/ready", limit.Token);
                if (response.IsSuccessStatusCode)
                {
                    return await response.Content.ReadAsStringAsync(limit.Token);
                }
            }
            catch (HttpRequestException)
            {
                // No bridge has come yet.
            }

            Assert.False(limit.IsCancellationRequested, string.Join("\n", programs.Select(p => p.Said)));
            await Task.Delay(50, CancellationToken.None);
        }
    }

    /// <summary>Waits until anything answers, and tells the status.</summary>
    public async Task<HttpStatusCode> ResponsesAsync(params RunningProgram[] programs)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            Assert.DoesNotContain(programs, p => p.HasEnded);
            try
            {
                using HttpResponseMessage response = await _client.GetAsync("/", limit.Token);
                return response.StatusCode;
            }
            catch (HttpRequestException)
            {
                // The program isn't up yet.
                await Task.Delay(50, limit.Token);
            }
        }
    }

    public async Task EverythingAsync()
    {
        await RawTargetAsync();
        await BigBodyAsync();
        await EventsAsync();
        await SocketAsync();
        await ManyAsync();
    }

    private async Task RawTargetAsync()
    {
        const string target = "/a%2Fb//c/%7Euser;x=1?q=%26&empty=&?";
        using var client = new TcpClient("127.0.0.1", port);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"GET {target} HTTP/1.1\r\nHost: home.example.com\r\nConnection: close\r\nX-Mark: one\r\n\r\n")
        );
        using var reader = new StreamReader(stream);
        string response = await reader.ReadToEndAsync().WaitAsync(Patience);
        Assert.Contains($"GET {target} HTTP/1.1\n", response, StringComparison.Ordinal);
        Assert.Contains("Host: home.example.com\n", response, StringComparison.Ordinal);
        Assert.Contains("X-Mark: one\n", response, StringComparison.Ordinal);
    }

    private async Task BigBodyAsync()
    {
        byte[] body = RandomNumberGenerator.GetBytes(2_000_000);
        using HttpResponseMessage response = await _client.PostAsync("/upload", new ByteArrayContent(body));
        Assert.Equal(SHA256.HashData(body), SHA256.HashData(await response.Content.ReadAsByteArrayAsync()));
    }

    // The next event is sent only when the one before has arrived: held back, they would never come.
    private async Task EventsAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/events")
        {
            Headers = { Accept = { new MediaTypeWithQualityHeaderValue("text/event-stream") } },
        };
        service.NextEvent();
        using HttpResponseMessage response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        for (int i = 1; i <= 3; i++)
        {
            Assert.Equal($"data: {i}", await reader.ReadLineAsync().WaitAsync(Patience));
            Assert.Equal("", await reader.ReadLineAsync().WaitAsync(Patience));
            if (i < 3)
            {
                service.NextEvent();
            }
        }
    }

    private async Task SocketAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{port}/socket"), limit.Token);
        foreach (int size in new[] { 1, 200, 300_000 })
        {
            byte[] sent = RandomNumberGenerator.GetBytes(size);
            byte[] echoed = new byte[size];
            Task sending = socket.SendAsync(sent, WebSocketMessageType.Binary, endOfMessage: true, limit.Token);
            int length = 0;
            while (length < size)
            {
                length += (await socket.ReceiveAsync(echoed.AsMemory(length), limit.Token)).Count;
            }

            await sending;
            Assert.Equal(sent, echoed);
        }

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, limit.Token);
    }

    private async Task ManyAsync()
    {
        string[] responses = await Task.WhenAll(
            Enumerable.Range(0, 40).Select(i => _client.GetStringAsync(new Uri($"/{i}", UriKind.Relative)))
        );
        Assert.All(responses.Index(), a => Assert.Contains($"GET /{a.Index} HTTP/1.1\n", a.Item, StringComparison.Ordinal));
    }
}

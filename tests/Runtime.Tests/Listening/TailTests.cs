using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Confgen.Runtime.Tests.Support;

namespace Confgen.Runtime.Tests.Listening;

/// <summary>The end of a response reaches a client that reads it late, however the connection is closed behind it.</summary>
public sealed class TailTests : IDisposable
{
    private const int Size = 300_000;

    private static readonly string _body = new('x', Size);

    private readonly Certificates _certificates = new();

    public static TheoryData<string, string, bool> Grid
    {
        get
        {
            var grid = new TheoryData<string, string, bool>();
            foreach (string source in new[] { "counted", "chunked", "until-close", "file", "error" })
            {
                foreach (string version in new[] { "HTTP/1.0\r\nHost: a.test", "HTTP/1.1\r\nHost: a.test\r\nConnection: close" })
                {
                    grid.Add(source, version, false);
                    grid.Add(source, version, true);
                }
            }

            return grid;
        }
    }

    public void Dispose() => _certificates.Dispose();

    [Theory]
    [MemberData(nameof(Grid))]
    public async Task A_late_reader_gets_all_of_the_last_response(string source, string version, bool isTls)
    {
        await using Backend backend = BackendOf(source);
        (TestProxy proxy, Task served) = await StartAsync(backend, source, isTls);
        await using TestProxy _ = proxy;
        using Stream client = await ConnectAsync(proxy.Port, isTls);

        await client.WriteAsync(Encoding.ASCII.GetBytes($"GET /{source} {version}\r\n\r\n"));

        Assert.Equal(Size, await ReadLateAsync(client, served));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task So_does_one_that_sends_more_than_was_asked_for(bool isTls)
    {
        await using Backend backend = BackendOf("counted");
        (TestProxy proxy, Task served) = await StartAsync(backend, "counted", isTls);
        await using TestProxy _ = proxy;
        using Stream client = await ConnectAsync(proxy.Port, isTls);

        await client.WriteAsync(
            Encoding.ASCII.GetBytes("GET /counted HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n" + new string('y', 50_000))
        );

        Assert.Equal(Size, await ReadLateAsync(client, served));
    }

    [Theory]
    [InlineData("counted", false)]
    [InlineData("counted", true)]
    [InlineData("file", false)]
    [InlineData("file", true)]
    public async Task So_does_one_that_reads_while_the_proxy_ends(string source, bool isTls)
    {
        await using Backend backend = BackendOf(source);
        (TestProxy proxy, Task served) = await StartAsync(backend, source, isTls);
        await using TestProxy _ = proxy;
        using Stream client = await ConnectAsync(proxy.Port, isTls);
        await client.WriteAsync(Encoding.ASCII.GetBytes($"GET /{source} HTTP/1.1\r\nHost: a.test\r\n\r\n"));
        (int read, bool isWhole) = await ReadWhileAsync(client, () => !served.IsCompleted);

        Task stopping = proxy.Server.StopAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(Size, isWhole ? read : read + await ReadToEndAsync(client, read));
        client.Dispose();
        await stopping;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_connection_that_idles_is_ended_and_not_reset(bool isTls)
    {
        await using Backend backend = BackendOf("counted");
        (TestProxy proxy, Task served) = await StartAsync(backend, "counted", isTls);
        await using TestProxy _ = proxy;
        using Stream client = await ConnectAsync(proxy.Port, isTls);
        await client.WriteAsync("GET /nothing HTTP/1.1\r\nHost: a.test\r\n\r\n"u8.ToArray());
        await served;

        Task stopping = proxy.Server.StopAsync(TimeSpan.FromSeconds(30));

        Assert.StartsWith("HTTP/1.1 ", await new StreamReader(client, Encoding.Latin1).ReadToEndAsync());
        client.Dispose();
        await stopping;
    }

    private static Backend BackendOf(string source) =>
        new(async c =>
        {
            await c.ReadRequestAsync();
            await c.SendAsync(
                source switch
                {
                    "chunked" => $"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{Size:x}\r\n{_body}\r\n0\r\n\r\n",
                    "until-close" => $"HTTP/1.1 200 OK\r\n\r\n{_body}",
                    "error" => "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n",
                    _ => $"HTTP/1.1 200 OK\r\nContent-Length: {Size}\r\n\r\n{_body}",
                }
            );
        });

    private async Task<(TestProxy Proxy, Task Served)> StartAsync(Backend backend, string source, bool isTls)
    {
        await File.WriteAllTextAsync(Path.Combine(_certificates.Directory, "file"), _body);
        (string cert, string key) = _certificates.Issue("a.test");
        var served = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return (
            await TestProxy.StartAsync(
                $$"""
                sites:
                  - host: a.test
                    listen: ["127.0.0.1:PORT"]
                    {{(isTls ? $"tls: {{ cert: {cert}, key: {key} }}\n    redirect_http: false" : "")}}
                    routes:
                      - { path: /file, files: {{_certificates.Directory}} }
                      - path: /
                        proxy: http://127.0.0.1:{{backend.Port}}
                        errors: { intercept: [500], 500: { file: {{_certificates.Directory}}/file } }
                """,
                new ProxyOptions { Served = _ => served.TrySetResult() }
            ),
            served.Task
        );
    }

    private static async Task<Stream> ConnectAsync(int port, bool isTls)
    {
        // So small that most of the response is still the proxy's to deliver when it is done with it.
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 8 * 1024 };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        var plain = new NetworkStream(socket, ownsSocket: true);
        if (!isTls)
        {
            return plain;
        }

        var tls = new SslStream(plain);
#pragma warning disable CA5359 // The certificate is made for the test, and nothing about it is tested.
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = "a.test", RemoteCertificateValidationCallback = (_, _, _, _) => true }
        );
#pragma warning restore CA5359
        return tls;
    }

    // Reads slowly until the proxy has done with the request, and then the rest.
    private static async Task<int> ReadLateAsync(Stream client, Task served)
    {
        (int read, _) = await ReadWhileAsync(client, () => !served.IsCompleted);
        return read + await ReadToEndAsync(client, read);
    }

    private static async Task<(int Read, bool IsWhole)> ReadWhileAsync(Stream client, Func<bool> condition)
    {
        // The body is of one letter, which is in no head.
        byte[] buffer = new byte[1024];
        int read = 0;
        while (condition() && read < Size)
        {
            int count = await client.ReadAsync(buffer);
            read += buffer.AsSpan(0, count).Count((byte)'x');
            await Task.Delay(1);
        }

        return (read, read >= Size);
    }

    private static async Task<int> ReadToEndAsync(Stream client, int before)
    {
        byte[] buffer = new byte[4096];
        int read = 0;
        try
        {
            while (before + read < Size && await client.ReadAsync(buffer) is > 0 and var count)
            {
                read += buffer.AsSpan(0, count).Count((byte)'x');
            }
        }
        catch (IOException)
        {
            // A reset: the rest is lost.
        }

        return read;
    }
}

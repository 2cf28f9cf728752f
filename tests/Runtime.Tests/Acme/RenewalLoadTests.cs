using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Confgen.Runtime.Tests.Support;

namespace Confgen.Runtime.Tests.Acme;

/// <summary>Renewals while requests go on.</summary>
public sealed class RenewalLoadTests(ITestOutputHelper output) : IDisposable
{
    private const int Renewals = 100;

    // pebble's longest; its clock isn't the proxy's, which goes on for the time of all renewals.
    private const int FiveYears = 5 * 365 * 24 * 3600;

    private readonly string _folder = Directory.CreateTempSubdirectory("confgen-acme-").FullName;
    private readonly CancellationTokenSource _ending = new();

    public void Dispose()
    {
        _ending.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_host_stays_certified_over_a_hundred_renewals_and_no_request_fails()
    {
        if (!Pebble.IsHere(output))
        {
            return;
        }

        var time = new JumpingTime();
        await using Pebble pebble = await Pebble.StartAsync(validity: FiveYears);
        using var advisor = new RenewalAdvisor(FreePort.Next(), await pebble.DirectoryTextAsync(), time);
        await using AcmeProxy proxy = await AcmeProxy.StartAsync(
            $$"""
            acme: { {{pebble.Settings.Replace(pebble.Directory, $"\"{advisor.Directory}\"")}} }
            sites:
              - { host: a.example.com, listen: ["TLS"], tls: auto, redirect_http: false, respond: ok }
              - { host: a.example.com, listen: ["HTTP"], respond: plain }
            """,
            _folder,
            pebble.HttpPort,
            pebble.TlsPort,
            AcmeProxy.Quick with
            {
                Poll = TimeSpan.FromMilliseconds(10),
                Look = TimeSpan.FromMilliseconds(20),
            },
            time
        );
        await proxy.IssuedAsync("a.example.com");
        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.Add(await pebble.RootAsync());
        var problems = new ConcurrentQueue<string>();
        using HttpClient kept = Client(trust, isKept: true);
        using HttpClient shaking = Client(trust, isKept: false);
        int rounds = 0;
        Task load = Task.Run(async () =>
        {
            while (!_ending.IsCancellationRequested)
            {
                await AskAsync(kept, $"https://a.example.com:{proxy.Tls}/", "ok", problems);
                await AskAsync(shaking, $"https://a.example.com:{proxy.Tls}/", "ok", problems);
                await AskAsync(kept, $"http://a.example.com:{proxy.Http}/", "plain", problems);
                Interlocked.Increment(ref rounds);
            }
        });
        var serials = new HashSet<string>();
        for (int done = 0; ; done++)
        {
            int before = rounds;
            await Eventually.TrueAsync(
                () => proxy.Log.Count(l => l.Contains("valid until")) > done,
                $"{done}: {proxy.Log.LastOrDefault()}"
            );
            Assert.True(serials.Add((await proxy.ShownAsync("a.example.com"))!.SerialNumber), $"renewal {done} is shown");
            await Eventually.TrueAsync(() => rounds > before, "requests go on");
            if (done == Renewals)
            {
                break;
            }

            await Eventually.TrueAsync(() => advisor.Certificates > done, $"renewal {done} has its time");
            time.Jump(RenewalAdvisor.Rest);
        }

        await _ending.CancelAsync();
        await load;

        output.WriteLine($"{rounds} rounds of requests");
        Assert.Empty(problems);
        Assert.Equal(Renewals + 1, pebble.Issued);
        Assert.DoesNotContain(proxy.Log, l => l.Contains("no new certificate yet", StringComparison.Ordinal));
    }

    private static async Task AskAsync(HttpClient client, string url, string expected, ConcurrentQueue<string> problems)
    {
        try
        {
            string text = await client.GetStringAsync(url);
            if (text != expected)
            {
                problems.Enqueue($"{url}: '{text}'");
            }
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            problems.Enqueue($"{url}: {e.Message} {e.InnerException?.Message}");
        }
    }

    private static HttpClient Client(X509ChainPolicy trust, bool isKept)
    {
        var handler = new SocketsHttpHandler
        {
            PooledConnectionLifetime = isKept ? Timeout.InfiniteTimeSpan : TimeSpan.Zero,
            ConnectCallback = async (context, cancellation) =>
            {
                var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
                await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancellation);
                return new System.Net.Sockets.NetworkStream(socket, ownsSocket: true);
            },
        };
        handler.SslOptions.CertificateChainPolicy = trust;
        return new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(30) };
    }
}

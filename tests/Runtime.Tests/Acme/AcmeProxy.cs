using System.Collections.Concurrent;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Confgen.Runtime.Acme;
using Confgen.Runtime.Tests.Support;

namespace Confgen.Runtime.Tests.Acme;

/// <summary>A proxy with certificates by ACME, whose folder outlives it.</summary>
internal sealed class AcmeProxy : IAsyncDisposable
{
    /// <summary>Waits that a test can afford.</summary>
    public static readonly AcmePace Quick = new()
    {
        Request = TimeSpan.FromSeconds(5),
        Poll = TimeSpan.FromMilliseconds(50),
        Unreachable = TimeSpan.FromMilliseconds(200),
        Refused = TimeSpan.FromMilliseconds(400),
        AfterStart = TimeSpan.FromMilliseconds(100),
        Between = TimeSpan.FromMilliseconds(100),
        Look = TimeSpan.FromMilliseconds(100),
        Lock = TimeSpan.FromMilliseconds(50),
    };

    private AcmeProxy(ProxyServer server, int http, int tls) => (Server, Http, Tls) = (server, http, tls);

    public ProxyServer Server { get; }

    public int Http { get; }

    public int Tls { get; }

    public ConcurrentQueue<string> Log { get; private init; } = [];

    /// <summary>Starts one; in the spec, HTTP and TLS stand for its ports.</summary>
    public static async Task<AcmeProxy> StartAsync(
        string yaml,
        string folder,
        int http,
        int tls,
        AcmePace? pace = null,
        TimeProvider? time = null
    )
    {
        var log = new ConcurrentQueue<string>();
        var server = new ProxyServer(
            new ProxyOptions
            {
                StateDirectory = folder,
                AcmePace = pace ?? Quick,
                Notice = log.Enqueue,
                Warning = log.Enqueue,
                Time = time ?? TimeProvider.System,
            }
        );
        var proxy = new AcmeProxy(server, http, tls) { Log = log };
        await proxy.ServeAsync(yaml);
        return proxy;
    }

    public static Task<AcmeProxy> StartAsync(Pebble pebble, string yaml, string folder, AcmePace? pace = null) =>
        StartAsync(yaml.Replace("PEBBLE", pebble.Settings), folder, pebble.HttpPort, pebble.TlsPort, pace);

    /// <summary>Serves another spec.</summary>
    public async Task ServeAsync(string yaml) =>
        Assert.Empty(
            (await Server.ServeAsync(Specs.Read(yaml.Replace("HTTP", $"127.0.0.1:{Http}").Replace("TLS", $"127.0.0.1:{Tls}")))).Select(f =>
                f.Message
            )
        );

    /// <summary>The certificate that a client is shown; null where the handshake fails.</summary>
    public async Task<X509Certificate2?> ShownAsync(string name)
    {
        try
        {
            var (client, certificate, _) = await TlsClients.ConnectAsync(Tls, name);
            client.Dispose();
            return certificate;
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            return null;
        }
    }

    /// <summary>Waits until there is a certificate.</summary>
    public async Task<X509Certificate2> IssuedAsync(string name, Func<X509Certificate2, bool>? isExpected = null)
    {
        for (int i = 0; i < 400; i++)
        {
            if (await ShownAsync(name) is { } shown && isExpected?.Invoke(shown) != false)
            {
                return shown;
            }

            await Task.Delay(50);
        }

        Assert.Fail($"no certificate for {name}:\n{string.Join("\n", Log)}");
        return null!;
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}

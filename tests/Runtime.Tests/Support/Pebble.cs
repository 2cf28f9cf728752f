using System.Diagnostics;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace Confgen.Runtime.Tests.Support;

/// <summary>
/// The real pebble, which refuses some nonces and whatever the RFC doesn't allow, with its DNS server, in which every name is 127.0.0.1.
/// Where CI runs, it must be installed.
/// </summary>
internal sealed class Pebble : IAsyncDisposable
{
    private static readonly string? _program = Find("pebble");
    private static readonly string? _dnsProgram = Find("pebble-challtestsrv");

    private readonly Certificates _certificates = new();
    private readonly int _port = FreePort.Next();
    private readonly int _management = FreePort.Next();
    private readonly int _dns = FreePort.Next();
    private readonly List<Process> _running = [];
    private readonly HttpClient _http;

    private Pebble()
    {
        DnsManagement = FreePort.Next();
        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        trust.CustomTrustStore.ImportFromPemFile(_certificates.Authority);
        _http = new HttpClient(new SocketsHttpHandler { SslOptions = { CertificateChainPolicy = trust } });
    }

    /// <summary>Its settings in a spec, in flow style and without the braces.</summary>
    public string Settings => $"ca: {Directory}, ca_root: {_certificates.Authority}";

    public string Directory => $"https://127.0.0.1:{_port}/dir";

    public int HttpPort { get; } = FreePort.Next();

    public int TlsPort { get; } = FreePort.Next();

    public int DnsManagement { get; }

    /// <summary>Whether tests on the real program can run; says so where they can't.</summary>
    public static bool IsHere(ITestOutputHelper output)
    {
        bool isHere = _program is not null && _dnsProgram is not null;
        if (!isHere)
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", "CI must have pebble installed");
            output.WriteLine("pebble is not installed here: nothing was tried on it");
        }

        return isHere;
    }

    /// <summary>Starts it; it looks for proofs at <see cref="HttpPort"/> and <see cref="TlsPort"/>.</summary>
    /// <param name="nonces">How many of a hundred nonces it refuses.</param>
    /// <param name="validity">The life of certificates in seconds.</param>
    /// <param name="macKey">The key that accounts must be bound to, as k1; null for none.</param>
    public static async Task<Pebble> StartAsync(int nonces = 20, int validity = 3600, string? macKey = null)
    {
        var pebble = new Pebble();
        try
        {
            await pebble.RunAsync(nonces, validity, macKey);
            return pebble;
        }
        catch
        {
            await pebble.DisposeAsync();
            throw;
        }
    }

    /// <summary>The authority that it issues by.</summary>
    public async Task<X509Certificate2> RootAsync() =>
        X509Certificate2.CreateFromPem(await _http.GetStringAsync($"https://127.0.0.1:{_management}/roots/0"));

    /// <summary>Its directory, in JSON.</summary>
    public Task<string> DirectoryTextAsync() => _http.GetStringAsync(Directory);

    /// <summary>Tells its DNS server something, as <c>clear-a</c>.</summary>
    public async Task TellDnsAsync(string what, Dictionary<string, string> about)
    {
        using HttpResponseMessage response = await _http.PostAsJsonAsync($"http://127.0.0.1:{DnsManagement}/{what}", about);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Its account of what it has issued: how many certificates.</summary>
    public int Issued { get; private set; }

    /// <summary>Stops the authority, so that nobody listens at its port, until <see cref="ResumeAsync"/>.</summary>
    public async Task StopAsync()
    {
        foreach (Process process in _running)
        {
            if (!process.HasExited)
            {
                process.Kill();
                await process.WaitForExitAsync();
            }

            process.Dispose();
        }

        _running.Clear();
    }

    /// <summary>Starts it again; it has forgotten everything.</summary>
    public Task ResumeAsync() => RunAsync(20, 3600, null);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _http.Dispose();
        _certificates.Dispose();
    }

    private async Task RunAsync(int nonces, int validity, string? macKey)
    {
        (string cert, string key) = _certificates.Issue("127.0.0.1");
        string config = Path.Combine(_certificates.Directory, "pebble.json");
        var pebble = new Dictionary<string, object>
        {
            ["listenAddress"] = $"127.0.0.1:{_port}",
            ["managementListenAddress"] = $"127.0.0.1:{_management}",
            ["certificate"] = cert,
            ["privateKey"] = key,
            ["httpPort"] = HttpPort,
            ["tlsPort"] = TlsPort,
            ["certificateValidityPeriod"] = validity,
            ["externalAccountBindingRequired"] = macKey is not null,
            ["externalAccountMACKeys"] = macKey is null ? new() : new Dictionary<string, string> { ["k1"] = macKey },
        };
        await File.WriteAllTextAsync(config, JsonSerializer.Serialize(new Dictionary<string, object> { ["pebble"] = pebble }));
        Start(
            _dnsProgram!,
            [
                "-defaultIPv6",
                "",
                "-dns01",
                $"127.0.0.1:{_dns}",
                "-management",
                $"127.0.0.1:{DnsManagement}",
                "-http01",
                "",
                "-https01",
                "",
                "-tlsalpn01",
                "",
            ],
            _ => { }
        );
        Start(
            _program!,
            ["-strict", "-config", config, "-dnsserver", $"127.0.0.1:{_dns}"],
            line => Issued += line.Contains("Issued certificate", StringComparison.Ordinal) ? 1 : 0,
            ("PEBBLE_VA_NOSLEEP", "1"),
            ("PEBBLE_WFE_NONCEREJECT", nonces.ToString())
        );
        await Eventually.TrueAsync(() => IsUp(_port) && IsUp(DnsManagement), "pebble responds");
    }

    private void Start(string program, string[] arguments, Action<string> read, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach ((string name, string value) in variables)
        {
            start.Environment[name] = value;
        }

        Process process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => read(line.Data ?? "");
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _running.Add(process);
    }

    private bool IsUp(int port)
    {
        Assert.All(_running, p => Assert.False(p.HasExited, $"{p.StartInfo.FileName} ended"));
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':')
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
}

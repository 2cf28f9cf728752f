using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Confgen.Targets.Tests.Nginx;
using Confgen.Targets.Tests.V2Ray;

namespace Confgen.Targets.Tests.Experts;

/// <summary>A real program on a configuration, with other ports, certificates and upstreams than it names.</summary>
internal abstract class StagedProgram : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<IDisposable> _running = [];
    private readonly Dictionary<string, PrivateService> _services = [];

    /// <summary>The ports that it listens on, by those that the configuration names.</summary>
    public IReadOnlyDictionary<int, int> Ports { get; private set; } = new Dictionary<int, int>();

    public void Dispose()
    {
        _running.ForEach(one => one.Dispose());
        _folder.Dispose();
    }

    /// <summary>Starts it, and waits until it listens.</summary>
    public async Task StartAsync(string text)
    {
        int[] named = [.. PortsOf(text).Distinct()];
        Ports = named.Zip(FreePort.Several(named.Length)).ToDictionary(pair => pair.First, pair => pair.Second);
        RunningProgram program = Run(_folder.Path, Staged(text, Certificate()));
        _running.Add(program);
        foreach (int port in Ports.Values)
        {
            while (!await ListensAsync(port))
            {
                Assert.False(program.HasEnded, program.Said);
                await Task.Delay(20);
            }
        }
    }

    /// <summary>The ports that a configuration listens on.</summary>
    protected abstract IEnumerable<int> PortsOf(string text);

    /// <summary>The configuration with the ports, services and certificate of the test.</summary>
    protected abstract string Staged(string text, (string File, string Key) certificate);

    /// <summary>Starts the program in a folder.</summary>
    protected abstract RunningProgram Run(string folder, string text);

    /// <summary>The port of the service that stands for an upstream.</summary>
    protected int ServiceOf(string address)
    {
        if (!_services.TryGetValue(address, out PrivateService? service))
        {
            _services.Add(address, service = new PrivateService(address));
            _running.Add(service);
        }

        return service.Port;
    }

    private (string File, string Key) Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return (_folder.Write("cert.pem", certificate.ExportCertificatePem()), _folder.Write("key.pem", key.ExportPkcs8PrivateKeyPem()));
    }

    private static async Task<bool> ListensAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

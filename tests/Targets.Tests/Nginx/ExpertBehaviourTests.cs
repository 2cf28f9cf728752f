using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.RegularExpressions;
using Confgen.Compiler.Rendering;
using Confgen.Targets.Tests.Snapshots;
using Confgen.Targets.Tests.V2Ray;

namespace Confgen.Targets.Tests.Nginx;

/// <summary>
/// The configurations by hand that the length of the output is measured against do the same on the real nginx: <c>expert/requests.txt</c> beside
/// each has requests, a line each as <c>GET 8080 app.test /path Field: value</c>, and both give the same status, fields and body, and show the
/// upstream the same request. Bodies of errors are not compared: nginx's own pages stay in those by hand.
/// </summary>
public sealed partial class ExpertBehaviourTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<IDisposable> _running = [];
    private readonly Dictionary<string, PrivateService> _services = [];

    public static TheoryData<string> Cases => [.. SnapshotCase.All.Where(one => File.Exists(FileOf(one, "requests.txt"))).Select(one => one.Name)];

    public void Dispose()
    {
        _running.ForEach(one => one.Dispose());
        _folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Both_do_the_same(string name)
    {
        if (!RealNginx.IsHere(output))
        {
            return;
        }

        SnapshotCase one = SnapshotCase.Named(name);
        RenderResult result = one.Compile().Render(TargetCatalogue.All.Single(t => t.Name == "nginx"), Layout.Complete, singleFile: true);
        Dictionary<int, int> ours = await StartAsync("ours", result.Files[0].Text);
        Dictionary<int, int> experts = await StartAsync("expert", File.ReadAllText(FileOf(one, "nginx.conf")));
        foreach (string request in File.ReadAllLines(FileOf(one, "requests.txt")).Where(line => line.Length > 0))
        {
            Assert.Equal($"{request}\n{await AskAsync(experts, request)}", $"{request}\n{await AskAsync(ours, request)}");
        }
    }

    private static string FileOf(SnapshotCase one, string file) => Path.Combine(one.Snapshots, "expert", file);

    /// <summary>Starts nginx on the configuration with other ports, certificates and upstreams.</summary>
    /// <returns>The ports by those that it names.</returns>
    private async Task<Dictionary<int, int>> StartAsync(string name, string text)
    {
        int[] named = [.. Listen().Matches(text).Select(match => int.Parse(match.Groups["port"].ValueSpan, CultureInfo.InvariantCulture)).Distinct()];
        int[] free = FreePorts.Take(named.Length);
        var ports = named.Zip(free).ToDictionary(pair => pair.First, pair => pair.Second);
        text = Ipv6().Replace(text, "");
        text = Listen().Replace(text, match => $"listen 127.0.0.1:{ports[int.Parse(match.Groups["port"].ValueSpan, CultureInfo.InvariantCulture)]}");
        text = Block().Replace(text, block =>
        {
            string first = Server().Match(block.Value).Groups["address"].Value;
            return Server().Replace(block.Value, $"server 127.0.0.1:{ServiceOf(first).Port}");
        });
        (string certificate, string key) = Certificate();
        text = CertificateFile().Replace(text, certificate);
        text = KeyFile().Replace(text, key);
        text = Log().Replace(text, "access_log off");
        string file = _folder.Write($"{name}/nginx.conf", text);
        var nginx = new RunningProgram(RealNginx.Path ?? "", "-e", "stderr", "-p", Path.GetDirectoryName(file) ?? "", "-c", file, "-g", $"daemon off; master_process off; pid {file}.pid;");
        _running.Add(nginx);
        foreach (int port in ports.Values)
        {
            while (!await ListensAsync(port))
            {
                Assert.False(nginx.HasEnded, $"{name}: {nginx.Said}");
                await Task.Delay(20);
            }
        }

        return ports;
    }

    private PrivateService ServiceOf(string address)
    {
        if (!_services.TryGetValue(address, out PrivateService? service))
        {
            _services.Add(address, service = new PrivateService(address));
            _running.Add(service);
        }

        return service;
    }

    private (string Certificate, string Key) Certificate()
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

    /// <summary>The response in a form that says nothing of when and where.</summary>
    private static async Task<string> AskAsync(Dictionary<int, int> ports, string request)
    {
        string[] words = request.Split(' ', 5);
        int port = int.Parse(words[1], CultureInfo.InvariantCulture);
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", ports[port]);
#pragma warning disable CA5359 // The certificate is made for the test, and nothing about it is tested.
        await using Stream stream = port is 443 or 8448 ? new SslStream(client.GetStream(), false, static (_, _, _, _) => true) : client.GetStream();
#pragma warning restore CA5359
        if (stream is SslStream tls)
        {
            await tls.AuthenticateAsClientAsync(words[2]);
        }

        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{words[0]} {words[3]} HTTP/1.1\r\nHost: {words[2]}\r\n{(words.Length > 4 ? words[4] + "\r\n" : "")}Connection: close\r\n\r\n"));
        using var reader = new StreamReader(stream, Encoding.Latin1);
        string[] parts = RequestId().Replace(await reader.ReadToEndAsync(), "ID").Split("\r\n\r\n", 2);
        string[] head = parts[0].Split("\r\n");
        bool failed = head[0].Split(' ')[1][0] is '4' or '5';
        string[] fields =
        [
            .. head[1..].Where(field => !Varying().IsMatch(field) && !(failed && field.StartsWith("Content-", StringComparison.OrdinalIgnoreCase))).Order(StringComparer.OrdinalIgnoreCase),
        ];
        string[] body = failed ? [] : [.. parts[1].Split('\n').Order(StringComparer.OrdinalIgnoreCase)];
        return string.Join('\n', [head[0].Split(' ')[1], .. fields, "", .. body]);
    }

    [GeneratedRegex(@"listen (?<port>\d+)\b")]
    private static partial Regex Listen();

    [GeneratedRegex(@"(?m)^\s*listen \[::\]:.*$")]
    private static partial Regex Ipv6();

    [GeneratedRegex(@"(?ms)^\s*upstream \S+ \{.*?^\s*\}")]
    private static partial Regex Block();

    [GeneratedRegex(@"\bserver (?<address>[^\s;]+)")]
    private static partial Regex Server();

    [GeneratedRegex(@"(?<=ssl_certificate )[^;]+")]
    private static partial Regex CertificateFile();

    [GeneratedRegex(@"(?<=ssl_certificate_key )[^;]+")]
    private static partial Regex KeyFile();

    [GeneratedRegex(@"access_log [^;]+")]
    private static partial Regex Log();

    [GeneratedRegex("(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])")]
    private static partial Regex RequestId();

    // The connection's own; a length follows from the body, whose fields have ports.
    [GeneratedRegex(@"^(?:Date|Server|Connection|Keep-Alive|Content-Length|Transfer-Encoding|Accept-Ranges|Last-Modified|ETag):", RegexOptions.IgnoreCase)]
    private static partial Regex Varying();
}

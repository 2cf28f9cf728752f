using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Confgen.Cli.Tests.World;
using Confgen.Model;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Confgen.Cli.Tests.Serving;

/// <summary>Every example is served, before stand-ins for its upstreams and at free ports, and each of its sites is asked.</summary>
public sealed partial class ExampleTests(ITestOutputHelper output)
{
    public static TheoryData<string> Examples() =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(Repository.Root, "examples"), "con*.yaml", SearchOption.AllDirectories)
                .Select(f => Path.GetRelativePath(Repository.Root, f))
                .Order(),
        ];

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task An_example_is_served(string example)
    {
        // 1. Stand-ins for what the example needs.
        using var session = new Session { Targets = null };
        (string cert, string key) = Issue(session);
        await using StandIn plain = await StandIn.StartAsync();
        await using StandIn http2 = await StandIn.StartAsync(HttpProtocols.Http2);
        await using StandIn tls = await StandIn.StartAsync(HttpProtocols.Http1, X509Certificate2.CreateFromPemFile(cert, key));
        (int http, int https) = (FreePort.Next(), FreePort.Next());
        var listeners = new Dictionary<string, int>();
        string source = Path.Combine(Repository.Root, Path.GetDirectoryName(example)!);
        foreach (string file in Directory.EnumerateFiles(source, "*.yaml", SearchOption.AllDirectories))
        {
            string text = File.ReadAllText(file);
            text = Tests().Replace(text, "");

            // There is no authority here.
            text = text.Replace("tls: auto", "tls: internal", StringComparison.Ordinal);
            text = Upstream()
                .Replace(
                    text,
                    m =>
                        m.Groups["scheme"].Value switch
                        {
                            "h2c://" => $"h2c://127.0.0.1:{http2.Port}",
                            "https://" => $"https://127.0.0.1:{tls.Port}",
                            _ => $"http://127.0.0.1:{plain.Port}",
                        }
                );
            text = PyServeRule().Replace(text, $"host: 127.0.0.1, port: {plain.Port}");
            text = OddPort()
                .Replace(
                    text,
                    m => (listeners.TryGetValue(m.Value, out int port) ? port : listeners[m.Value] = FreePort.Next()).ToString()
                );
            text = CertificateFile()
                .Replace(
                    text,
                    m =>
                        m.Value.EndsWith("ca.pem", StringComparison.Ordinal) || !m.Value.Contains("key", StringComparison.Ordinal)
                            ? cert
                            : key
                );
            text = ServedFile().Replace(text, m => session.PathOf("www" + m.Groups["name"].Value));
            session.With(Path.GetRelativePath(source, file), text);
        }

        using Dns? dns = File.ReadAllText(Path.Combine(Repository.Root, example)).Contains("srv:", StringComparison.Ordinal)
            ? Dns.TryStart(output, plain.Port)
            : null;

        // 2. The proxy.
        string name = Path.GetFileName(example);
        await using ServeProcess served = ServeProcess.Start(
            session,
            name,
            session.Read(name),
            [
                "--http-port",
                $"{http}",
                "--https-port",
                $"{https}",
                .. dns is null ? Array.Empty<string>() : ["--resolver", $"127.0.0.1:{dns.Port}"],
            ]
        );
        Spec spec = Read(session, name);
        await served.SaysAsync("confgen: serving");

        // 3. A request for each site.
        using var client = new HttpClient(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null },
            }
        );
        foreach (Site site in spec.Sites)
        {
            Route route = site
                .Routes.Where(r => r.Match.Count == 0 && r.Path.Kind != PathMatcherKind.Regex)
                .OrderBy(r => r.Proxy is null)
                .First();
            int port = site.Listen[0].Port switch
            {
                80 => http,
                443 => https,
                var other => other,
            };
            using var request = new HttpRequestMessage(
                HttpMethod.Get,
                $"{(site.Tls is null ? "http" : "https")}://127.0.0.1:{port}{route.Path.Text}"
            );
            request.Headers.Host = site.Hosts[0].ToString() is "_" ? "any.test" : site.Hosts[0].ToString();

            using HttpResponseMessage response = await client.SendAsync(request);

            string body = await response.Content.ReadAsStringAsync();
            output.WriteLine($"{request.Headers.Host}{route.Path.Text}: {(int)response.StatusCode} {body}");
            if (route.Proxy is not null)
            {
                // No bridge has come to the portal of a tunnel.
                bool hasServers = route.Proxy.Tunnel is null && (dns is not null || route.Proxy.Upstream.Discover is null);
                Assert.Equal(hasServers ? HttpStatusCode.OK : HttpStatusCode.ServiceUnavailable, response.StatusCode);
                Assert.StartsWith(hasServers ? "GET /" : "", body, StringComparison.Ordinal);
            }
            else if (route.Action is RespondAction respond)
            {
                Assert.Equal((respond.Status, respond.Body), ((int)response.StatusCode, body));
            }
        }
    }

    private static Spec Read(Session session, string name)
    {
        using var said = new StringWriter();
        CliEnvironment surroundings = session.CliEnvironment(said, said);
        return Compiling.SpecInput.Find(surroundings, name)?.Compile(Compiling.Compilers.Create(surroundings), surroundings).Spec
            ?? throw new InvalidOperationException(said.ToString());
    }

    private static (string Cert, string Key) Issue(Session session)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=app.internal", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        Array.ForEach(["app.internal", "grpc.example.com", "chat.example.com", "matrix.example.com", "example.com"], names.AddDnsName);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using X509Certificate2 made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));
        session.With("tls/c.pem", made.ExportCertificatePem()).With("tls/k.pem", key.ExportPkcs8PrivateKeyPem());
        return (session.PathOf("tls/c.pem"), session.PathOf("tls/k.pem"));
    }

    // What an author expects of the spec's own addresses.
    [GeneratedRegex(@"^tests:\n(?:[ #].*\n|\n)*", RegexOptions.Multiline)]
    private static partial Regex Tests();

    [GeneratedRegex(@"(?<scheme>https?://|h2c://)(?:127\.0\.0\.1|app\.internal|palpo|lobe-chat):\d+|unix:/[a-z./]+\.sock")]
    private static partial Regex Upstream();

    [GeneratedRegex(@"host: 127\.0\.0\.1, port: \d+")]
    private static partial Regex PyServeRule();

    [GeneratedRegex(@"(?<=listen: |^  port: |listen: \[443, )\d{4}\b|(?<=\.test:)8080", RegexOptions.Multiline)]
    private static partial Regex OddPort();

    [GeneratedRegex(@"/etc/[a-z./-]+\.(?:pem|key)")]
    private static partial Regex CertificateFile();

    [GeneratedRegex(@"/(?:var/www|var/log|srv)(?<name>/[a-z./]+)")]
    private static partial Regex ServedFile();

    /// <summary>The real dnsmasq, with the example's service.</summary>
    private sealed class Dns(Process process, int port) : IDisposable
    {
        public int Port => port;

        public static Dns? TryStart(ITestOutputHelper output, int serverPort)
        {
            if (!Tool.IsHere("dnsmasq", output))
                return null;
            int port = FreePort.Next();
            return new Dns(
                Tool.Start(
                    "dnsmasq",
                    "--no-daemon",
                    "--conf-file=/dev/null",
                    "--no-resolv",
                    "--no-hosts",
                    "--bind-interfaces",
                    "--listen-address=127.0.0.1",
                    $"--port={port}",
                    "--user=",
                    "--pid-file=",
                    "--host-record=s1.example.com,127.0.0.1",
                    $"--srv-host=_api._tcp.example.com,s1.example.com,{serverPort}"
                ),
                port
            );
        }

        public void Dispose()
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }
    }
}

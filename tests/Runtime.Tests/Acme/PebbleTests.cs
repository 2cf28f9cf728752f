using System.Security.Cryptography.X509Certificates;
using Confgen.Runtime.Tests.Support;

namespace Confgen.Runtime.Tests.Acme;

/// <summary>Certificates of the real pebble, which refuses a fifth of all nonces.</summary>
public sealed class PebbleTests(ITestOutputHelper output) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("confgen-acme-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("http-01")]
    [InlineData("tls-alpn-01")]
    public async Task A_certificate_is_had_by(string challenge)
    {
        if (!Pebble.IsHere(output))
        {
            return;
        }

        await using Pebble pebble = await Pebble.StartAsync();
        await using AcmeProxy proxy = await AcmeProxy.StartAsync(
            pebble,
            $$"""
            acme: { PEBBLE, email: ops@example.com, challenges: {{challenge}} }
            sites:
              - { host: [a.example.com, b.example.com], listen: ["TLS"], tls: auto, redirect_http: { port: 80 }, deny: [127.0.0.1], respond: ok }
              - { host: other.example.com, listen: ["HTTP"], deny: [127.0.0.1], respond: no }
            """,
            _folder
        );

        X509Certificate2 shown = await proxy.IssuedAsync("b.example.com");

        Assert.Equal(
            ["a.example.com", "b.example.com"],
            shown.Extensions.OfType<X509SubjectAlternativeNameExtension>().Single().EnumerateDnsNames().Order()
        );
        using X509Certificate2 root = await pebble.RootAsync();
        Assert.Equal(1, pebble.Issued);
        output.WriteLine(string.Join("\n", proxy.Log));
    }
}

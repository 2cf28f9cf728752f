using Confgen.Runtime.Acme;
using Confgen.Runtime.Tests.Support;

namespace Confgen.Runtime.Tests.Acme;

/// <summary>A proxy with one name, a folder and a mock authority's port.</summary>
public abstract class AuthorityTest : IDisposable
{
    private protected const string One = """
        acme: { MOCK, challenges: http-01 }
        sites:
          - { host: a.example.com, listen: ["TLS"], tls: auto, redirect_http: false, respond: ok }
          - { host: a.example.com, listen: ["HTTP"], respond: plain }
        """;

    private protected static readonly AcmePace Patient = AcmeProxy.Quick with
    {
        Refused = TimeSpan.FromMinutes(1),
        AfterStart = TimeSpan.FromMinutes(1),
    };

    private protected string Folder { get; } = Directory.CreateTempSubdirectory("confgen-acme-").FullName;
    private protected int AuthorityPort { get; } = FreePort.Next();

    private protected string Stored => Path.Combine(Folder, "acme", "certificates", "a.example.com");

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected Task<AcmeProxy> StartAsync(string yaml, AcmePace? pace = null, TimeProvider? time = null) =>
        AcmeProxy.StartAsync(Filled(yaml), Folder, FreePort.Next(), FreePort.Next(), pace, time);

    private protected string Filled(string yaml) => yaml.Replace("MOCK", $"ca: \"http://127.0.0.1:{AuthorityPort}/dir\"");

    private protected static async Task<string> PlainAsync(AcmeProxy proxy, string target)
    {
        using RawClient client = RawClient.To(proxy.Http);
        await client.SendAsync($"GET {target} HTTP/1.1\r\nHost: a.example.com\r\n\r\n");
        return (await client.ReadResponseAsync()).Body;
    }
}

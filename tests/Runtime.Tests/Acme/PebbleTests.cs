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

    [Fact]
    public async Task A_wildcard_is_proven_in_DNS_by_a_program()
    {
        if (!Pebble.IsHere(output))
        {
            return;
        }

        await using Pebble pebble = await Pebble.StartAsync();
        string hook = Path.Combine(_folder, "hook");
        await File.WriteAllTextAsync(
            hook,
            "#!/bin/sh\n[ \"$2\" = present ] && verb=set-txt || verb=clear-txt\n"
                + "curl -sf -d \"{\\\"host\\\":\\\"$3\\\",\\\"value\\\":\\\"$4\\\"}\" \"http://127.0.0.1:$1/$verb\"\n"
        );
        File.SetUnixFileMode(hook, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        await using AcmeProxy proxy = await AcmeProxy.StartAsync(
            pebble,
            $$"""
            acme: { PEBBLE, dns: { exec: [{{hook}}, "{{pebble.DnsManagement}}"], wait: 0s } }
            sites:
              - { host: [example.com, "*.example.com"], listen: ["TLS"], tls: auto, redirect_http: false, respond: ok }
            """,
            _folder
        );

        Assert.True((await proxy.IssuedAsync("any.example.com")).MatchesHostname("any.example.com"));
    }

    [Theory]
    [InlineData("zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W", true)]
    [InlineData("AWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W", false)]
    public async Task An_account_is_bound_to_another_one_by_its_key(string key, bool isGood)
    {
        if (!Pebble.IsHere(output))
        {
            return;
        }

        await using Pebble pebble = await Pebble.StartAsync(macKey: "zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W");
        string file = Path.Combine(_folder, "mac");
        await File.WriteAllTextAsync(file, key + "\n");
        await using AcmeProxy proxy = await AcmeProxy.StartAsync(
            pebble,
            $$"""
            acme: { PEBBLE, challenges: tls-alpn-01, eab: { key_id: k1, mac_key: { file: {{file}} } } }
            sites:
              - { host: a.example.com, listen: ["TLS"], tls: auto, redirect_http: false, respond: ok }
            """,
            _folder
        );

        if (isGood)
        {
            await proxy.IssuedAsync("a.example.com");
        }
        else
        {
            await Eventually.TrueAsync(
                () => proxy.Log.Any(l => l.Contains("no certificate yet", StringComparison.Ordinal)),
                "it is refused"
            );
            Assert.Equal(0, pebble.Issued);
        }
    }

    [Fact]
    public async Task A_name_that_leads_elsewhere_fails_alone_until_that_is_fixed()
    {
        if (!Pebble.IsHere(output))
        {
            return;
        }

        await using Pebble pebble = await Pebble.StartAsync();
        await pebble.TellDnsAsync("set-default-ipv4", new() { ["ip"] = "127.0.0.1" });
        using var content = System.Net.Http.Json.JsonContent.Create(
            new Dictionary<string, object> { ["host"] = "wrong.example.com", ["addresses"] = new[] { "127.0.0.9" } }
        );
        using var http = new HttpClient();
        (await http.PostAsync($"http://127.0.0.1:{pebble.DnsManagement}/add-a", content)).EnsureSuccessStatusCode();
        await using AcmeProxy proxy = await AcmeProxy.StartAsync(
            pebble,
            """
            acme: { PEBBLE }
            sites:
              - { host: wrong.example.com, listen: ["TLS"], tls: auto, redirect_http: { port: 80 }, respond: ok }
              - { host: right.example.com, listen: ["TLS"], tls: auto, redirect_http: { port: 80 }, respond: ok }
              - { host: other.example.com, listen: ["HTTP"], respond: no }
            """,
            _folder
        );

        await proxy.IssuedAsync("right.example.com");
        await Eventually.TrueAsync(
            () =>
                proxy.Log.Any(l =>
                    l.Contains("wrong.example.com (", StringComparison.Ordinal) && l.Contains("(attempt 1,", StringComparison.Ordinal)
                ),
            "it is told"
        );
        Assert.Null(await proxy.ShownAsync("wrong.example.com"));
        await pebble.TellDnsAsync("clear-a", new() { ["host"] = "wrong.example.com" });

        await proxy.IssuedAsync("wrong.example.com");
    }
}

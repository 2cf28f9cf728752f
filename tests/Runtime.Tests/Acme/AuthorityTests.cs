using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Confgen.Runtime.Admin;
using Confgen.Runtime.Tests.Support;

namespace Confgen.Runtime.Tests.Acme;

/// <summary>What becomes of certificates whatever the authority, the disk, the clock and other processes do.</summary>
public sealed class AuthorityTests : AuthorityTest
{
    [Fact]
    public async Task Before_the_first_certificate_handshakes_fail_cleanly_and_plain_HTTP_goes_on()
    {
        await using AcmeProxy proxy = await StartAsync(One);
        await Eventually.TrueAsync(() => proxy.Log.Any(l => l.Contains("can't be reached", StringComparison.Ordinal)), "it is told");

        using RawClient client = RawClient.To(proxy.Tls);
        await client.Stream.WriteAsync(ClientHellos.Of("a.example.com"));
        byte[] alert = new byte[64];
        Assert.Equal(7, await client.Stream.ReadAtLeastAsync(alert, 64, throwOnEndOfStream: false));
        Assert.Equal([21, 3, 3, 0, 2, 2, 80], alert[..7]);
        Assert.Equal("plain", await PlainAsync(proxy, "/"));

        // The authority is there again.
        using var authority = new MockAuthority(AuthorityPort);
        await proxy.IssuedAsync("a.example.com");
    }

    [Fact]
    public async Task A_slow_authority_is_given_up_and_asked_again()
    {
        using var authority = new MockAuthority(AuthorityPort);
        int held = 0;
        var givenUp = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        authority.Instead = async path =>
        {
            if (path == "new" && Interlocked.Increment(ref held) == 1)
            {
                await givenUp.Task;
            }

            return null;
        };
        await using AcmeProxy proxy = await StartAsync(One, AcmeProxy.Quick with { Request = TimeSpan.FromMilliseconds(300) });

        await Eventually.TrueAsync(() => proxy.Log.Any(l => l.Contains("no response", StringComparison.Ordinal)), "it is given up");
        givenUp.SetResult();
        await proxy.IssuedAsync("a.example.com");
    }

    [Theory]
    [InlineData("rateLimited", 429)]
    [InlineData("serverInternal", 503)]
    public async Task Retry_After_is_respected(string type, int status)
    {
        using var authority = new MockAuthority(AuthorityPort);
        var asked = new List<DateTime>();
        authority.Instead = path =>
        {
            if (path != "new")
            {
                return Task.FromResult<(int, string?, string?)?>(null);
            }

            asked.Add(DateTime.UtcNow);
            return Task.FromResult<(int, string?, string?)?>(asked.Count == 1 ? (status, type, "2") : null);
        };
        await using AcmeProxy proxy = await StartAsync(One);

        await proxy.IssuedAsync("a.example.com");

        Assert.Equal(2, asked.Count);
        Assert.True(asked[1] - asked[0] > TimeSpan.FromSeconds(1.9), $"{asked[1] - asked[0]}");
    }

    [Fact]
    public async Task An_order_is_continued_after_a_restart_and_a_reload()
    {
        using var authority = new MockAuthority(AuthorityPort) { Believes = false };
        await using (AcmeProxy first = await StartAsync(One))
        {
            await Eventually.TrueAsync(() => authority.Asked.Contains("challenge"), "the proof is shown");
            Assert.StartsWith("token0.", await PlainAsync(first, "/.well-known/acme-challenge/token0"), StringComparison.Ordinal);
            Assert.Equal("plain", await PlainAsync(first, "/.well-known/acme-challenge/other"));
            await first.ServeAsync(Filled(One) + "\n  - { host: b.example.com, listen: [\"HTTP\"], respond: more }\n");
        }

        await using AcmeProxy second = await StartAsync(One);
        Assert.StartsWith("token0.", await PlainAsync(second, "/.well-known/acme-challenge/token0"), StringComparison.Ordinal);
        authority.Believes = true;
        await second.IssuedAsync("a.example.com");

        Assert.Single(authority.Orders);
    }

    [Fact]
    public async Task Processes_that_share_aFolder_order_once()
    {
        using var authority = new MockAuthority(AuthorityPort) { Believes = false };
        await using AcmeProxy first = await StartAsync(One);
        await using AcmeProxy second = await StartAsync(One);
        await Eventually.TrueAsync(() => authority.Asked.Contains("challenge"), "the proof is shown");
        Assert.StartsWith("token0.", await PlainAsync(first, "/.well-known/acme-challenge/token0"), StringComparison.Ordinal);
        Assert.StartsWith("token0.", await PlainAsync(second, "/.well-known/acme-challenge/token0"), StringComparison.Ordinal);
        authority.Believes = true;

        X509Certificate2 shown = await first.IssuedAsync("a.example.com");
        X509Certificate2 also = await second.IssuedAsync("a.example.com");

        Assert.Equal(shown.SerialNumber, also.SerialNumber);
        Assert.Single(authority.Orders);
    }

    [Theory]
    [InlineData("certificates/a.example.com/certificate.pem")]
    [InlineData("certificates/a.example.com/order.json")]
    [InlineData("certificates/a.example.com/attempts.json")]
    [InlineData("certificates/a.example.com/renewal.json")]
    [InlineData("accounts/*/account.json")]
    [InlineData("accounts/*/account.key")]
    public async Task A_file_that_was_written_in_part_is_replaced(string file)
    {
        using var authority = new MockAuthority(AuthorityPort)
        {
            Window = () => (DateTimeOffset.UtcNow.AddDays(9), DateTimeOffset.UtcNow.AddDays(10)),
        };
        await using (AcmeProxy before = await StartAsync(One))
        {
            await before.IssuedAsync("a.example.com");
        }

        string[] parts = file.Split('/');
        string folder = Directory.GetDirectories(Path.Combine(Folder, "acme", parts[0]), parts[1]).Single();
        string path = Path.Combine(folder, parts[2]);
        byte[] half = File.Exists(path) ? File.ReadAllBytes(path)[..20] : Encoding.ASCII.GetBytes("{\"url\":\"http");
        File.WriteAllBytes(path, half);
        File.WriteAllBytes(path + ".00.tmp", half);
        if (parts[0] == "accounts")
        {
            File.Delete(Path.Combine(Stored, "certificate.pem"));
        }

        await using AcmeProxy after = await StartAsync(One);
        await after.IssuedAsync("a.example.com");

        Assert.Equal(parts[0] == "accounts" || parts[2] == "certificate.pem" ? 2 : 1, authority.Issued);
    }

    [Fact]
    public async Task Keys_are_for_their_owner_alone()
    {
        using var authority = new MockAuthority(AuthorityPort);
        await using AcmeProxy proxy = await StartAsync(One);
        await proxy.IssuedAsync("a.example.com");

        const UnixFileMode Others = (UnixFileMode)0b111_111;
        Assert.All(
            Directory.EnumerateFileSystemEntries(Path.Combine(Folder, "acme"), "*", SearchOption.AllDirectories),
            f => Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(f) & Others)
        );
    }

    [Fact]
    public async Task A_host_that_is_added_leaves_the_old_certificate_until_the_new_one_is_there()
    {
        using var authority = new MockAuthority(AuthorityPort);
        await using AcmeProxy proxy = await StartAsync(One);
        X509Certificate2 old = await proxy.IssuedAsync("a.example.com");
        authority.Believes = false;

        await proxy.ServeAsync(
            Filled(One.Replace("host: a.example.com, listen: [\"TLS\"]", "host: [a.example.com, b.example.com], listen: [\"TLS\"]"))
        );
        Assert.Equal(old.SerialNumber, (await proxy.ShownAsync("a.example.com"))?.SerialNumber);
        authority.Believes = true;

        await proxy.IssuedAsync("b.example.com", c => c.MatchesHostname("b.example.com"));
    }

    [Fact]
    public async Task The_operator_sees_what_can_not_be_renewed()
    {
        using var authority = new MockAuthority(AuthorityPort);
        var time = new JumpingTime();
        authority.Now = time.GetUtcNow;
        await using AcmeProxy proxy = await StartAsync(One, time: time);
        int admin = FreePort.Next();
        Assert.True(AdminAddress.TryParse($"127.0.0.1:{admin}", out AdminAddress? address, out _));
        Assert.Null(proxy.Server.OpenAdmin(address!));
        X509Certificate2 old = await proxy.IssuedAsync("a.example.com");
        Assert.Equal("ok\n", await TextAsync(admin, "/healthz"));
        authority.Instead = path => Task.FromResult<(int, string?, string?)?>(path == "new" ? (403, "rejectedIdentifier", null) : null);

        time.Jump(TimeSpan.FromDays(80));
        await Eventually.TrueAsync(() => proxy.Log.Any(l => l.Contains("rejectedIdentifier", StringComparison.Ordinal)), "it is told");

        Assert.Equal(old.SerialNumber, (await proxy.ShownAsync("a.example.com"))?.SerialNumber);
        string health = await TextAsync(admin, "/healthz");
        Assert.StartsWith("ok\n", health, StringComparison.Ordinal);
        Assert.Contains("a.example.com: the certificate can't be renewed: rejectedIdentifier: not now", health, StringComparison.Ordinal);
        string metrics = await TextAsync(admin, "/metrics");
        Assert.Matches("confgen_acme_failures\\{site=\"a.example.com\"\\} [1-9]", metrics);
        Assert.Contains("confgen_acme_next_attempt_timestamp_seconds{site=\"a.example.com\"} ", metrics, StringComparison.Ordinal);
        JsonNode status = JsonNode.Parse(await TextAsync(admin, "/status"))!;
        Assert.Equal("rejectedIdentifier: not now", status["acme"]![0]!["error"]!.GetValue<string>());
    }

    private static async Task<string> TextAsync(int port, string target)
    {
        using RawClient client = RawClient.To(port);
        await client.SendAsync($"GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        return (await client.ReadResponseAsync()).Body;
    }
}

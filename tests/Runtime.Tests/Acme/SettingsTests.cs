using Confgen.Runtime.Tests.Support;

namespace Confgen.Runtime.Tests.Acme;

/// <summary>What fields of <c>acme</c> do at the authority and on the disk.</summary>
public sealed class SettingsTests : AuthorityTest
{
    [Fact]
    public async Task The_account_has_the_address_and_hears_when_it_changes()
    {
        using var authority = new MockAuthority(AuthorityPort);
        string?[] addresses = ["ops@example.com", "ops@example.com", "security@example.com", null];
        foreach (string? address in addresses)
        {
            string field = address is null ? "" : $"email: {address}, ";
            await using AcmeProxy proxy = await StartAsync(One.Replace("acme: { ", "acme: { " + field));
            await proxy.IssuedAsync("a.example.com");
            File.Delete(Path.Combine(Stored, "certificate.pem"));
        }

        Assert.Equal(
            ["mailto:ops@example.com", "mailto:security@example.com", ""],
            authority.Accounts.Select(a => string.Join(',', a["contact"]!.AsArray().Select(c => c!.GetValue<string>())))
        );
        Assert.Single(authority.Asked, "account");
    }

    [Fact]
    public async Task Everything_lies_in_the_folder_that_is_written()
    {
        using var authority = new MockAuthority(AuthorityPort);
        string folder = Path.Combine(Folder, "elsewhere");
        await using AcmeProxy proxy = await StartAsync(One.Replace("acme: { ", $"acme: {{ storage: {folder}, "));
        await proxy.IssuedAsync("a.example.com");

        Assert.True(File.Exists(Path.Combine(folder, "certificates", "a.example.com", "certificate.pem")));
        Assert.Single(Directory.GetFiles(Path.Combine(folder, "accounts"), "account.key", SearchOption.AllDirectories));
        Assert.False(Directory.Exists(Path.Combine(Folder, "acme")));
    }

    [Fact]
    public async Task The_authority_looks_for_a_record_after_the_wait_alone()
    {
        using var authority = new MockAuthority(AuthorityPort) { Believes = false, Challenge = "dns-01" };
        var time = new HeldTime(TimeSpan.FromMinutes(90));
        string hook = Path.Combine(Folder, "hook");
        string calls = Path.Combine(Folder, "calls");
        await File.WriteAllTextAsync(hook, $"#!/bin/sh\necho \"$1 $2\" >> {calls}\n");
        File.SetUnixFileMode(hook, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        await using AcmeProxy proxy = await StartAsync(
            One.Replace("challenges: http-01", $"dns: {{ exec: {hook}, wait: 90m }}"),
            time: time
        );

        await Eventually.TrueAsync(() => time.IsAwaited, "the record is there");
        Assert.Equal(["present _acme-challenge.a.example.com."], await File.ReadAllLinesAsync(calls));
        Assert.DoesNotContain("challenge", authority.Asked);
        time.End();
        await Eventually.TrueAsync(() => authority.Asked.Contains("challenge"), "the authority is told");
        authority.Believes = true;
        await proxy.IssuedAsync("a.example.com");

        Assert.Equal("cleanup _acme-challenge.a.example.com.", (await File.ReadAllLinesAsync(calls))[^1]);
    }
}

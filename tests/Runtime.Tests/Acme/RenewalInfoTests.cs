using Confgen.Runtime.Acme;
using Confgen.Runtime.Tests.Support;

namespace Confgen.Runtime.Tests.Acme;

/// <summary>When certificates are renewed by what the authority says, and by its clock.</summary>
public sealed class RenewalInfoTests : AuthorityTest
{
    [Fact]
    public async Task The_authority_says_when_to_renew_and_hears_what_is_replaced()
    {
        using var authority = new MockAuthority(AuthorityPort)
        {
            Window = () => (DateTimeOffset.UtcNow.AddDays(-2), DateTimeOffset.UtcNow.AddDays(-1)),
        };
        bool isFirst = true;
        authority.Window = () =>
            isFirst
                ? (DateTimeOffset.UtcNow.AddDays(-2), DateTimeOffset.UtcNow.AddDays(-1))
                : (DateTimeOffset.UtcNow.AddDays(9), DateTimeOffset.UtcNow.AddDays(10));
        authority.Instead = path =>
        {
            isFirst = isFirst && !(path == "new" && authority.Orders.Count == 1);
            return Task.FromResult<(int, string?, string?)?>(null);
        };
        await using AcmeProxy proxy = await StartAsync(One.Replace("challenges:", "profile: shortlived, challenges:"));

        await Eventually.TrueAsync(() => authority.Issued == 2, "it is renewed");
        await Eventually.TrueAsync(() => proxy.Log.Any(l => l.Contains(": renewed", StringComparison.Ordinal)), "that is told");

        Assert.Equal(
            [null, true],
            authority.Orders.Select(o => o["replaces"]?.GetValue<string>() is { } id ? id.Contains('.') : (bool?)null)
        );
        Assert.Equal("shortlived", authority.Orders[0]["profile"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_is_to_be_renewed_as_soon_as_it_is_issued_is_not_ordered_again_and_again()
    {
        using var authority = new MockAuthority(AuthorityPort)
        {
            Window = () => (DateTimeOffset.UtcNow.AddDays(-2), DateTimeOffset.UtcNow.AddDays(-1)),
        };
        await using AcmeProxy proxy = await StartAsync(One, Patient);
        await Eventually.TrueAsync(() => proxy.Log.Any(l => l.Contains("no certificate yet", StringComparison.Ordinal)), "it is told");

        Assert.Contains(proxy.Log, l => l.Contains("wants it to be renewed at", StringComparison.Ordinal));
        Assert.Equal((1, 1), (authority.Issued, Attempts.Read(Stored).Failures));
        Assert.NotNull(await proxy.ShownAsync("a.example.com"));
    }

    [Fact]
    public async Task A_clock_that_goes_on_while_the_authority_says_when_to_renew_is_no_failure()
    {
        var time = new JumpingTime();
        bool isAsked = false;
        using var authority = new MockAuthority(AuthorityPort) { Now = time.GetUtcNow };
        authority.Window = () =>
        {
            (DateTimeOffset, DateTimeOffset) window = (time.GetUtcNow().AddDays(1), time.GetUtcNow().AddDays(2));
            if (!isAsked)
            {
                isAsked = true;
                time.Jump(TimeSpan.FromDays(3));
                window = (time.GetUtcNow().AddDays(-2), time.GetUtcNow().AddDays(-1));
            }

            return window;
        };
        await using AcmeProxy proxy = await StartAsync(One, time: time);
        await Eventually.TrueAsync(() => proxy.Log.Any(l => l.Contains(": renewed", StringComparison.Ordinal)), "it is renewed");

        Assert.Equal(2, authority.Issued);
        Assert.DoesNotContain(proxy.Log, l => l.Contains("certificate yet", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_certificate_that_is_past_already_is_not_ordered_again_and_again()
    {
        using var authority = new MockAuthority(AuthorityPort) { Now = () => DateTimeOffset.UtcNow.AddDays(-200) };
        await using AcmeProxy proxy = await StartAsync(One, Patient);
        await Eventually.TrueAsync(() => proxy.Log.Any(l => l.Contains("machine's clock", StringComparison.Ordinal)), "it is told");

        var attempts = Attempts.Read(Stored);
        Assert.Equal((1, 1), (authority.Issued, attempts.Failures));
        Assert.True(attempts.Next > DateTimeOffset.UtcNow.AddSeconds(30), $"the next one is at {attempts.Next}");
    }

    [Theory]
    [InlineData(5, 0.7)]
    [InlineData(5, 3)]
    [InlineData(6 * 24 * 60, 0.7)]
    [InlineData(90 * 24 * 60, 40)]
    public async Task A_certificate_of_any_life_is_renewed_wherever_the_clock_jumps(int minutes, double lives)
    {
        var time = new JumpingTime();
        using var authority = new MockAuthority(AuthorityPort) { Now = time.GetUtcNow, Life = TimeSpan.FromMinutes(minutes) };
        await using AcmeProxy proxy = await StartAsync(One, time: time);
        string first = (await proxy.IssuedAsync("a.example.com")).SerialNumber;

        time.Jump(TimeSpan.FromMinutes(minutes * lives));
        await proxy.IssuedAsync("a.example.com", c => c.SerialNumber != first);
        time.Jump(-TimeSpan.FromMinutes(minutes * lives));
        time.Jump(TimeSpan.FromMinutes(minutes * (lives + 0.7)));
        await Eventually.TrueAsync(() => proxy.Log.Count(l => l.Contains(": renewed", StringComparison.Ordinal)) == 2, "it is renewed");

        Assert.Equal(3, authority.Issued);
        Assert.DoesNotContain(proxy.Log, l => l.Contains("certificate yet", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_authority_is_about_to_revoke_is_replaced_once_it_says_so()
    {
        var time = new JumpingTime();
        bool isRevoked = false;
        using var authority = new MockAuthority(AuthorityPort) { Now = time.GetUtcNow };
        authority.Window = () =>
            isRevoked && authority.Issued == 1
                ? (time.GetUtcNow().AddDays(-2), time.GetUtcNow().AddDays(-1))
                : (time.GetUtcNow().AddDays(50), time.GetUtcNow().AddDays(51));
        await using AcmeProxy proxy = await StartAsync(One, time: time);
        string first = (await proxy.IssuedAsync("a.example.com")).SerialNumber;
        await Eventually.TrueAsync(() => proxy.Log.Any(l => l.Contains(": obtained", StringComparison.Ordinal)), "it is told");

        isRevoked = true;
        time.Jump(TimeSpan.FromHours(2));
        await proxy.IssuedAsync("a.example.com", c => c.SerialNumber != first);

        Assert.Equal(2, authority.Issued);
    }
}

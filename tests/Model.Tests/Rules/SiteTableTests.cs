using Confgen.Model.Rules;
using Confgen.Model.Sites;
using Confgen.Model.Units;

namespace Confgen.Model.Tests.Rules;

/// <summary>Choosing the site: the exact name, then the longest wildcard, then <c>_</c>.</summary>
public sealed class SiteTableTests
{
    private static readonly Site _exact = SiteOf("a.example.com");
    private static readonly Site _short = SiteOf("*.com");
    private static readonly Site _long = SiteOf("*.example.com");
    private static readonly Site _any = SiteOf("_");

    private readonly SiteTable _table = new([_any, _short, _long, _exact]);

    [Fact]
    public void An_exact_name_goes_first() => Assert.Same(_exact, _table.Find("a.example.com"));

    [Fact]
    public void Then_the_wildcard_that_covers_it() => Assert.Same(_long, _table.Find("b.example.com"));

    [Fact]
    public void A_wildcard_is_one_label() => Assert.Same(_any, _table.Find("c.b.example.com"));

    [Fact]
    public void A_wildcard_does_not_take_the_bare_domain() => Assert.Same(_short, _table.Find("example.com"));

    [Theory]
    [InlineData("app.x", "app.*")]
    [InlineData("app.x.y", "app.*")]
    [InlineData("app.example", "app.*")]
    [InlineData("app.example.org", "app.example.*")]
    [InlineData("app.example.com", "*.example.com")]
    [InlineData("app.example.com.x", "app.example.*")]
    [InlineData("app", "_")]
    [InlineData("app.", "_")]
    [InlineData("xapp.y", "_")]
    [InlineData("x.app.y", "_")]
    public void Last_comes_the_longest_name_with_a_star_behind_it(string host, string pattern)
    {
        var table = new SiteTable([_any, SiteOf("app.*"), SiteOf("app.example.*"), _long, _exact]);
        Assert.Equal(Host(pattern), table.Find(host)?.Hosts[0]);
    }

    [Fact]
    public void No_site_is_404() => Assert.Null(new SiteTable([_exact]).Find("b.example.com"));

    [Fact]
    public void A_server_name_of_another_site_is_misdirected() => Assert.True(_table.IsMisdirected("a.example.com", "b.example.com"));

    [Fact]
    public void No_server_name_and_an_unknown_one_are_not()
    {
        Assert.False(_table.IsMisdirected("", "a.example.com"));
        Assert.False(_table.IsMisdirected("192.0.2.1", "a.example.com"));
    }

    [Fact]
    public void A_site_for_every_other_host_may_have_names_as_well()
    {
        Site both = new() { Hosts = [Host("_"), Host("*.wild.test")] };
        var table = new SiteTable([both, _exact]);
        Assert.True(table.IsMisdirected("x.wild.test", "a.example.com"));
        Assert.False(table.IsMisdirected("x.wild.test", "unknown.test"));
        Assert.False(table.IsMisdirected("unknown.test", "a.example.com"));
    }

    [Fact]
    public void Two_hosts_of_one_site_share_a_connection()
    {
        var table = new SiteTable([new Site { Hosts = [Host("a.test"), Host("b.test")] }]);
        Assert.False(table.IsMisdirected("a.test", "b.test"));
    }

    private static Site SiteOf(string host) => new() { Hosts = [Host(host)] };

    private static HostPattern Host(string text) =>
        HostPattern.TryParse(text, out HostPattern? host, out _) ? host : throw new InvalidOperationException(text);
}

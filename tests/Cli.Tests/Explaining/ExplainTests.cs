using Confgen.Cli.Tests.World;

namespace Confgen.Cli.Tests.Explaining;

/// <summary><c>confgen explain</c>.</summary>
public sealed class ExplainTests
{
    private const string Spec = """
        upstreams:
          app: { servers: ["http://127.0.0.1:3000"] }
        sites:
          - host: a.test
            routes:
              - { path: /api, match: { method: POST }, proxy: app }
              - { path: /api, proxy: app, strip_prefix: true, allow: [10.0.0.0/8] }
              - { path: /, proxy: app }
        """;

    [Fact]
    public void The_route_and_what_the_upstream_sees_are_told()
    {
        using var session = new Session().With("confgen.yaml", Spec);
        string text = session.Run("explain", "http://a.test/api/a%2Fb?x", "--from", "10.0.0.7", "-H", "Accept: text/html").Gives(0).Out;
        Assert.Contains("response     the upstream responds", text, StringComparison.Ordinal);
        Assert.Contains("site         a.test (confgen.yaml:4:5), because its host is 'a.test'", text, StringComparison.Ordinal);
        Assert.Contains("passed over  path: /api (confgen.yaml:6:9): the method is none of POST", text, StringComparison.Ordinal);
        Assert.Contains("route        path: /api (confgen.yaml:7:9)", text, StringComparison.Ordinal);
        Assert.Contains("target       /a%2Fb?x", text, StringComparison.Ordinal);
        Assert.Contains("Accept: text/html", text, StringComparison.Ordinal);
        Assert.Contains("X-Real-IP: 10.0.0.7", text, StringComparison.Ordinal);
        Assert.Contains("guard        address: allow [10.0.0.0/8]", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stranger_is_refused()
    {
        using var session = new Session().With("confgen.yaml", Spec);
        Assert.Contains(
            "403: 203.0.113.7 is not allowed",
            session.Run("explain", "http://a.test/api").Gives(0).Out,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("/x/..;/api", "a segment of its path as the parent directory")]
    [InlineData("/api;v=1/x", "its path as /api/x, which leads to another route")]
    [InlineData("/%2561pi", "its path as /api, which leads to another route")]
    [InlineData("/x;v=1", null)]
    public void A_path_that_an_upstream_could_read_as_a_guarded_one_is_told(string path, string? expected)
    {
        using var session = new Session().With("confgen.yaml", Spec);
        string text = session.Run("explain", "http://a.test" + path, "--from", "10.0.0.7").Gives(0).Out;
        if (expected is null)
        {
            Assert.DoesNotContain("the response is 400", text, StringComparison.Ordinal);
        }
        else
        {
            Assert.Contains("the response is 400: an upstream could read " + expected, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Json_is_for_programs()
    {
        using var session = new Session().With("confgen.yaml", Spec);
        string json = session.Run("explain", "http://a.test/x/../y", "--format", "json").Gives(0).Out;
        using var document = System.Text.Json.JsonDocument.Parse(json);
        Assert.Equal(400, document.RootElement.GetProperty("status").GetInt32());
    }

    [Theory]
    [InlineData("a.test/x")]
    [InlineData("http://a.test/", "-H", "no colon")]
    [InlineData("http://a.test/", "--from", "nowhere")]
    public void A_wrong_call_says_so(params string[] call)
    {
        using var session = new Session().With("confgen.yaml", Spec);
        session.Run(["explain", .. call]).Gives(2);
    }

    [Fact]
    public void A_wrong_spec_is_told_as_validate_does()
    {
        using var session = new Session().With("confgen.yaml", Specs.Wrong);
        Assert.Contains("error CFG0107", session.Run("explain", "http://a.test/").Gives(1).Error, StringComparison.Ordinal);
    }
}

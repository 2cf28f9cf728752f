using Confgen.Cli.Tests.World;

namespace Confgen.Cli.Tests.Testing;

/// <summary><c>confgen test</c>.</summary>
public sealed class TestCommandTests
{
    private const string Spec = """
        sites:
          - host: a.test
            routes:
              - { path: /api, proxy: "http://127.0.0.1:3000", strip_prefix: true }
              - { path: /old, redirect: "https://new.test{uri}" }
              - { exact: /healthz, respond: ok, headers: { response: { set: { X-A: "1" } } } }
              - { path: /files, files: /srv }
        tests:

        """;

    [Theory]
    [InlineData(
        "{ get: \"http://a.test/api/a%2Fb?x\", expect: { status: 200, upstream: \"http://127.0.0.1:3000\", target: \"/a%2Fb?x\", route: "
            + "/api } }"
    )]
    [InlineData("{ get: \"http://a.test/old/x\", expect: { status: 308, location: \"https://new.test/old/x\" } }")]
    [InlineData("{ post: \"http://a.test/healthz\", expect: { status: 200, headers: { X-A: \"1\", X-B: \"\" } } }")]
    [InlineData("{ request: \"http://a.test/files/x\", method: PUT, expect: { status: 405 } }")]
    [InlineData(
        "{ get: \"http://a.test/api\", from: 192.0.2.7, expect: { upstream_headers: { X-Real-IP: 192.0.2.7, X-Forwarded-Proto: http, "
            + "Forwarded: \"\" } } }"
    )]
    [InlineData("{ get: \"http://b.test/\", expect: { status: 404 } }")]
    public void An_expectation_that_holds_passes(string test)
    {
        using var session = new Session().With("confgen.yaml", Spec + "  - " + test + "\n");
        Assert.Contains("1 passed, 0 failed", session.Run("test").Gives(0).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_fails_is_shown_at_its_line_with_what_explain_says()
    {
        using var session = new Session().With(
            "confgen.yaml",
            Spec + "  - get: http://a.test/api/users\n    expect: { target: /api/users }\n"
        );
        string error = session.Run("test").Gives(1).Error;
        Assert.Contains(
            "confgen.yaml:10:23: error CFG0700: GET http://a.test/api/users: target is '/users', expected '/api/users'",
            error,
            StringComparison.Ordinal
        );
        Assert.Contains("path: /api (line 4): the upstream responds", error, StringComparison.Ordinal);
        Assert.Contains("0 passed, 1 failed", error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_spec_does_not_decide_is_said()
    {
        using var session = new Session().With("confgen.yaml", Spec + "  - { get: \"http://a.test/files/x\", expect: { status: 200 } }\n");
        Assert.Contains("status depends on the files of the machine", session.Run("test").Gives(0).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Junit_is_written_for_ci()
    {
        using var session = new Session().With("confgen.yaml", Spec + "  - { get: \"http://a.test/api/<>\", expect: { status: 201 } }\n");
        session.Run("test", "--junit", "results.xml").Gives(1);
        string xml = File.ReadAllText(session.PathOf("results.xml"));
        Assert.Contains("<testsuite name=\"confgen.yaml\" tests=\"1\" failures=\"1\">", xml, StringComparison.Ordinal);
        Assert.Contains("name=\"GET http://a.test/api/&lt;&gt;\"", xml, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_spec_is_told_as_validate_does()
    {
        using var session = new Session().With("confgen.yaml", Specs.Wrong);
        Assert.Contains("error CFG0107", session.Run("test").Gives(1).Error, StringComparison.Ordinal);
    }
}

using System.Text.Json;
using Confgen.Cli.Tests.World;

namespace Confgen.Cli.Tests.Diffing;

/// <summary><c>confgen diff</c>: what it says, in which forms, and how it ends.</summary>
public sealed class DiffTests
{
    private const string Old = """
        sites:
          - host: a.example.com
            listen: 8080
            routes:
              - { path: /, proxy: "http://127.0.0.1:3000" }
              - { path: /admin, proxy: "http://127.0.0.1:3000", allow: [10.0.0.0/8] }

        """;

    private const string New = """
        sites:
          - host: a.example.com
            listen: 8080
            routes:
              - { path: /, proxy: "http://127.0.0.1:3000", timeouts: { read: 10s } }
              - { path: /admin, proxy: "http://127.0.0.1:3000" }

        """;

    [Fact]
    public void A_guard_that_goes_is_an_exposure_with_a_request_that_shows_it()
    {
        using Session session = Two();
        string said = session.Run("diff", "old.yaml", "new.yaml").Gives(3).Out;
        Assert.Equal(
            """
            exposure: /admin and below becomes reachable for everybody
              where    http://a.example.com:8080, /admin and below
              access   only 10.0.0.0/8 -> every address
              at       old.yaml:6:9 -> new.yaml:6:9
              request  GET http://a.example.com:8080/admin from 203.0.113.7
              was      403, 203.0.113.7 is not allowed by path: /admin
              is       forwarded to http://127.0.0.1:3000 as /admin by path: /admin

            """,
            said[..(said.IndexOf("\n\n", StringComparison.Ordinal) + 1)]
        );
        Assert.Contains("breakage: slow responses and idle connections of /* end earlier", said, StringComparison.Ordinal);
        Assert.Contains("timeouts: connect 5s, send 1m, read 10s", said, StringComparison.Ordinal);
        Assert.EndsWith("1 exposure, 1 breakage\n", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 3)]
    [InlineData("--fail-on breakage", 3)]
    [InlineData("--fail-on exposure", 3)]
    [InlineData("--fail-on never", 0)]
    public void The_status_says_whether_there_is_a_difference_of_that_risk(string options, int status)
    {
        using Session session = Two();
        session.Run(["diff", "old.yaml", "new.yaml", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]).Gives(status);
    }

    [Fact]
    public void What_is_only_written_in_another_way_is_no_difference()
    {
        using Session session = new Session()
            .With(
                "old.yaml",
                "sites:\n  - host: a.example.com\n    routes:\n      - { path: /a, respond: x }\n"
                    + "      - { regex: \"^/(b|c)$\", respond: x }\n      - { path: /, proxy: \"http://127.0.0.1:3000\" }\n"
            )
            .With(
                "new.yaml",
                "upstreams: { app: \"http://127.0.0.1:3000\" }\nsites:\n  - host: a.example.com\n    routes:\n"
                    + "      - { path: /, proxy: app }\n      - { exact: /b, respond: x }\n      - { exact: /c, respond: x }\n"
                    + "      - { path: /a, respond: x }\n"
            );
        Assert.Equal("no request is treated differently\n", session.Run("diff", "old.yaml", "new.yaml").Gives(0).Out);
    }

    [Fact]
    public void The_JSON_says_the_same()
    {
        using Session session = Two();
        using JsonDocument document = JsonDocument.Parse(session.Run("diff", "old.yaml", "new.yaml", "--format", "json").Gives(3).Out);
        JsonElement first = document.RootElement.GetProperty("differences")[0];
        Assert.Equal(("exposure", "access"), (first.GetProperty("risk").GetString(), first.GetProperty("aspect").GetString()));
        Assert.Equal(403, first.GetProperty("witness").GetProperty("old").GetProperty("status").GetInt32());
        Assert.Equal("http://127.0.0.1:3000", first.GetProperty("witness").GetProperty("new").GetProperty("upstream").GetString());
        Assert.True(document.RootElement.GetProperty("complete").GetBoolean());
        using JsonDocument schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "docs/diff.schema.json")));
        Assert.Equal([], Reference.SchemaCheck.Faults(schema.RootElement, document.RootElement.GetRawText()));
    }

    [Fact]
    public void Markdown_takes_no_text_of_a_spec_for_markup()
    {
        using Session session = new Session()
            .With("old.yaml", "sites:\n  - { host: a.example.com, listen: 8080, respond: \"x\" }\n")
            .With("new.yaml", "sites:\n  - { host: a.example.com, listen: 8080, respond: \"<b>@all | [x](http://y.example)\\n\" }\n");
        string said = session.Run("diff", "old.yaml", "new.yaml", "--format", "markdown").Gives(3).Out;
        Assert.StartsWith("### Behaviour of `new.yaml` against `old.yaml`\n", said, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", said, StringComparison.Ordinal);
        Assert.DoesNotContain("@all", said, StringComparison.Ordinal);
        Assert.DoesNotContain("[x](", said, StringComparison.Ordinal);
        Assert.All(
            said.Split('\n').Where(l => l.StartsWith('|')),
            l => Assert.Equal(6, l.Replace("\\|", "", StringComparison.Ordinal).Count(c => c == '|'))
        );
    }

    [Fact]
    public void A_revision_of_git_is_an_old_side_with_its_includes()
    {
        using Session session = new Session()
            .With("confgen.yaml", "include: [sites/*.yaml]\nupstreams: { app: \"http://127.0.0.1:3000\" }\n")
            .With("sites/a.yaml", "sites:\n  - { host: a.example.com, listen: 8080, proxy: app }\n");
        Git(session, "init", "-q", "-b", "main");
        Git(session, "add", ".");
        Git(session, "-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-q", "-m", "first");
        Assert.Equal("no request is treated differently\n", session.Run("diff", "--rev", "main").Gives(0).Out);

        session.With(
            "sites/a.yaml",
            "sites:\n  - { host: a.example.com, listen: 8080, proxy: app, basic_auth: { users: { alice: "
                + "\"$2y$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy\" } } }\n"
        );
        foreach (
            string[] call in new[]
            {
                new[] { "diff", "--rev", "HEAD" },
                ["diff", "main:confgen.yaml", "confgen.yaml"],
                ["diff", "main:confgen.yaml"],
            }
        )
        {
            string said = session.Run(call).Gives(3).Out;
            Assert.Contains("breakage: http://a.example.com:8080 needs a password", said, StringComparison.Ordinal);
            Assert.DoesNotContain("$2y$", said, StringComparison.Ordinal);
            Assert.Matches("at +(main|HEAD):sites/a.yaml:2:5 -> sites/a.yaml:2:5", said);
        }

        Assert.Contains(
            "CFG0501: there is no revision 'nowhere'",
            session.Run("diff", "--rev", "nowhere").Gives(2).Error,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "CFG0501: there is no file 'other.yaml' at the revision 'main'",
            session.Run("diff", "main:other.yaml", "confgen.yaml").Gives(2).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Versions_of_a_program_are_compared()
    {
        using Session session = new Session { Targets = null }.With(
            "confgen.yaml",
            "sites:\n  - { host: a.example.com, listen: 8443, tls: { cert: /etc/a.pem, key: /etc/a.key }, http3: true, proxy: "
                + "\"http://127.0.0.1:3000\" }\n"
        );
        string said = session.Run("diff", "confgen.yaml", "-t", "nginx", "--from-version", "1.22", "--to-version", "1.30").Gives(3).Out;
        Assert.Contains("goes: nginx 1.22 to 1.30: ", said, StringComparison.Ordinal);
        Assert.Contains("http3", said, StringComparison.Ordinal);
        session.Run("diff", "confgen.yaml", "-t", "nginx", "--from-version", "1.22", "--to-version", "1.22").Gives(0);
        session.Run("diff", "confgen.yaml", "--from-version", "1.22").Gives(2);
    }

    [Fact]
    public void A_side_that_is_wrong_is_told_of()
    {
        using Session session = Two().With("wrong.yaml", Specs.Wrong);
        Assert.Contains(
            "wrong.yaml:5:35: error CFG0107",
            session.Run("diff", "old.yaml", "wrong.yaml").Gives(1).Error,
            StringComparison.Ordinal
        );
        Assert.Contains("CFG0501", session.Run("diff", "old.yaml", "missing.yaml").Gives(2).Error, StringComparison.Ordinal);
        Assert.Contains("CFG0500", session.Run("diff").Gives(2).Error, StringComparison.Ordinal);
        Assert.Contains("CFG0500", session.Run("diff", "a.yaml", "b.yaml", "--rev", "main").Gives(2).Error, StringComparison.Ordinal);
    }

    private static Session Two() => new Session().With("old.yaml", Old).With("new.yaml", New);

    private static void Git(Session session, params string[] arguments)
    {
        using var git = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo("git", arguments) { WorkingDirectory = session.Folder }
        )!;
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
    }
}

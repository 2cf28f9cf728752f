using Confgen.Cli.Tests.World;

namespace Confgen.Cli.Tests.Scaffolding;

/// <summary><c>confgen init</c>: whatever is chosen, the spec is valid, lints clean, and compiles.</summary>
public sealed class InitTests
{
    public static TheoryData<string, string> Calls
    {
        get
        {
            var calls = new TheoryData<string, string>();
            foreach (string kind in new[] { "app", "streaming", "matrix", "many" })
            {
                foreach (string tls in new[] { "auto", "internal", "off", "/etc/ssl/sites" })
                {
                    if (kind != "matrix" || tls != "off")
                        calls.Add(kind, tls);
                }
            }

            return calls;
        }
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public void Every_kind_with_every_certificate_is_clean(string kind, string tls)
    {
        using var session = new Session { Targets = null };
        Said said = session.Run("init", "--kind", kind, "--tls", tls).Gives(0);
        Assert.StartsWith("wrote confgen.yaml; next: confgen build -t ", said.Error, StringComparison.Ordinal);
        Assert.StartsWith("confgen.yaml: valid", session.Run("validate", "--strict").Gives(0).Error, StringComparison.Ordinal);
        string[] recommended = said.Error.Trim().Split("next: confgen ")[1].Split(' ');
        session.Run(recommended).Gives(0);
        Assert.Contains(
            $"confgen {string.Join(' ', recommended)}",
            kind is "app" or "streaming" ? session.Read("confgen.yaml") : said.Error,
            StringComparison.Ordinal
        );
        Assert.Contains("confgen test", session.Read("confgen.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_told_stands_in_the_spec()
    {
        using var session = new Session();
        session.Run("init", "chat.yaml", "--kind", "streaming", "--host", "chat.example.org", "--to", "3210", "--modeline").Gives(0);
        string spec = session.Read("chat.yaml");
        Assert.Contains("\"$id\"", session.Read("confgen.schema.json"), StringComparison.Ordinal);
        Assert.StartsWith(
            "# yaml-language-server: $schema=./confgen.schema.json\n# An application that streams",
            spec,
            StringComparison.Ordinal
        );
        Assert.Contains("\n  - host: chat.example.org\n", spec, StringComparison.Ordinal);
        Assert.Contains("\n  app: \"http://127.0.0.1:3210\"\n", spec, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_applications_are_pairs()
    {
        using var session = new Session();
        session.Run("init", "--app", "a.example.com=3000", "--app", "b.example.com=https://10.0.0.5:8443").Gives(0);
        Assert.Contains(
            "  - host: b.example.com\n    proxy: \"https://10.0.0.5:8443\"\n",
            session.Read("confgen.yaml"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void On_a_terminal_it_asks_and_asks_again()
    {
        using var session = new Session { IsTerminal = true, Input = "chatbot\nstreaming\nnot a host\nchat.example.com\n\ninternal\n" };
        Said said = session.Run("init").Gives(0);
        Assert.Contains("one of app, streaming, matrix, many", said.Error, StringComparison.Ordinal);
        Assert.Contains("'not a host'", said.Error, StringComparison.Ordinal);
        string spec = session.Read("confgen.yaml");
        Assert.Contains("host: chat.example.com", spec, StringComparison.Ordinal);
        Assert.Contains("http://127.0.0.1:3000", spec, StringComparison.Ordinal);
        Assert.Contains("tls: internal", spec, StringComparison.Ordinal);
    }

    [Fact]
    public void Answers_that_end_early_write_nothing()
    {
        using var session = new Session { IsTerminal = true, Input = "app\n" };
        Assert.Contains("not enough answers", session.Run("init").Gives(2).Error, StringComparison.Ordinal);
        Assert.False(session.Has("confgen.yaml"));
    }

    [Fact]
    public void A_file_that_is_there_is_overwritten_on_demand_alone()
    {
        using var session = new Session().With("confgen.yaml", "mine\n");
        Assert.Equal(
            "confgen: error CFG0504: 'confgen.yaml' is there already\n  write another file, or overwrite it with --force\n",
            session.Run("init").Gives(2).Error
        );
        Assert.Equal("mine\n", session.Read("confgen.yaml"));
        session.Run("init", "--force").Gives(0);
        Assert.Contains("sites:", session.Read("confgen.yaml"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--host", "*.example.com", "a single host")]
    [InlineData("--host", "a\"b", "invalid host name")]
    [InlineData("--to", "ftp://x", "ftp://x")]
    [InlineData("--to", "99999", "99999")]
    [InlineData("--app", "a.example.com", "expected HOST=PORT or one of authelia, forgejo")]
    [InlineData("--tls", "certs", "absolute folder")]
    [InlineData("--kind", "blog", "is not one of --kind's values")]
    public void What_can_not_be_is_told_and_nothing_written(string option, string value, string problem)
    {
        using var session = new Session();
        Assert.Contains(problem, session.Run("init", option, value).Gives(2).Error, StringComparison.Ordinal);
        Assert.False(session.Has("confgen.yaml"));
    }
}

using Confgen.Cli.Tests.World;

namespace Confgen.Cli.Tests.Building;

/// <summary><c>confgen build</c>: what it writes, where, and when it writes nothing.</summary>
public sealed class BuildTests
{
    [Fact]
    public void Each_target_gets_its_folder_below_the_output()
    {
        using var session = new Session().With("confgen.yaml", Specs.Small);
        Said said = session.Run("build", "-t", "plain,other", "-o", "dist").Gives(0);
        Assert.Equal("a.example.com -> http://127.0.0.1:3000\n", session.Read("dist/plain/plain.conf"));
        Assert.True(session.Has("dist/other/other.conf"));
        Assert.Equal("", said.Out);
        Assert.Equal($"wrote {Path.Combine("dist", "plain/plain.conf")}\nwrote {Path.Combine("dist", "other/other.conf")}\n", said.Error);
    }

    [Fact]
    public void The_spec_of_the_folder_is_taken_unless_one_is_named()
    {
        using var session = new Session().With("confgen.yml", Specs.Small).With("mine.yaml", Specs.Two);
        Assert.Equal("a.example.com -> http://127.0.0.1:3000\n", session.Run("build", "-t", "plain", "--stdout").Gives(0).Out);
        Assert.Equal(
            "a.example.com -> http://127.0.0.1:3000\nb.example.com -> a response\n",
            session.Run("build", "mine.yaml", "-t", "plain", "--stdout").Gives(0).Out
        );
    }

    [Fact]
    public void Without_a_spec_the_way_out_is_told()
    {
        using var session = new Session();
        Assert.Equal(
            "confgen: error CFG0501: there is no confgen.yaml in this folder\n  name a spec, or write a first one with 'confgen init'\n",
            session.Run("build").Gives(2).Error
        );
        Assert.Equal(
            "confgen: error CFG0501: there is no file 'x.yaml'\n  name a spec, or write a first one with 'confgen init'\n",
            session.Run("build", "x.yaml").Gives(2).Error
        );
        Assert.Equal("confgen: error CFG0501: '.' is a folder, not a spec\n", session.Run("build", ".").Gives(2).Error);
    }

    [Fact]
    public void The_spec_says_which_targets_where_the_call_does_not()
    {
        using var session = new Session().With("confgen.yaml", "targets: { other: { greeting: hello } }\n" + Specs.Small);
        session.Run("build").Gives(0);
        Assert.StartsWith("hello\n", session.Read("out/other/other.conf"), StringComparison.Ordinal);
        Assert.False(session.Has("out/plain/plain.conf"));
        session.With("confgen.yaml", Specs.Small);
        Assert.Contains("-t plain,other", session.Run("build").Gives(2).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_target_is_told_with_the_right_one()
    {
        using var session = new Session().With("confgen.yaml", Specs.Small);
        Assert.Equal(
            "confgen: error CFG0502: there is no target 'plian'\n  did you mean 'plain'?\n",
            session.Run("build", "-t", "plian").Gives(2).Error
        );
    }

    [Fact]
    public void An_error_for_one_target_keeps_the_others_from_being_written()
    {
        using var session = new Session { Targets = [new PlainTarget("plain"), new FailingTarget()] };
        session.With("confgen.yaml", Specs.Small);
        Said said = session.Run("build", "-t", "all").Gives(1);
        Assert.Contains("CFG0405", said.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(session.PathOf("out")));
    }

    [Fact]
    public void Unsupported_fields_are_errors_and_differences_are_warnings()
    {
        using var session = new Session().With(
            "confgen.yaml",
            "upstreams:\n  app: { servers: [\"http://127.0.0.1:1\", \"http://127.0.0.1:2\"], retries: 2 }\nsites:\n"
                + "  - { host: a.example.com, proxy: app, compress: [gzip] }\n"
        );
        string error = session.Run("build", "-t", "plain").Gives(1).Error;
        Assert.Contains("confgen.yaml:4:50: error CFG0400: plain can't do 'compress'\n", error, StringComparison.Ordinal);
        Assert.Contains(
            "confgen.yaml:2:74: warning CFG0401: plain honours 'retries' with a difference: it never gives up\n",
            error,
            StringComparison.Ordinal
        );
        Assert.EndsWith("1 error, 1 warning; confgen rules CFG0400 CFG0401 explains\n", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Warnings_fail_a_strict_build_alone()
    {
        using var session = new Session().With(
            "confgen.yaml",
            "upstreams:\n  app: { servers: [\"http://127.0.0.1:1\", \"http://127.0.0.1:2\"], retries: 2 }\nsites:\n"
                + "  - { host: a.example.com, proxy: app }\n"
        );
        session.Run("build", "-t", "plain", "--strict").Gives(1);
        Assert.False(session.Has("out/plain/plain.conf"));
        session.Run("build", "-t", "plain").Gives(0);
        Assert.True(session.Has("out/plain/plain.conf"));
    }

    [Fact]
    public void Several_files_on_standard_output_have_a_line_that_names_each()
    {
        using var session = new Session { Input = Specs.Two };
        Said said = session.Run("build", "-", "-t", "plain", "--layout", "conf.d", "--stdout").Gives(0);
        Assert.Equal(
            "# ==> plain/conf.d/0.conf <==\na.example.com -> http://127.0.0.1:3000\n# ==> plain/conf.d/1.conf <==\n"
                + "b.example.com -> a response\n",
            said.Out
        );
        Assert.Equal("", said.Error);
    }

    [Fact]
    public void Files_that_are_as_they_should_be_are_not_touched()
    {
        using var session = new Session().With("confgen.yaml", Specs.Small);
        session.Run("build", "-t", "plain").Gives(0);
        var old = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(session.PathOf("out/plain/plain.conf"), old);
        Assert.Equal("1 of 1 files unchanged\n", session.Run("build", "-t", "plain").Gives(0).Error);
        Assert.Equal(old, File.GetLastWriteTimeUtc(session.PathOf("out/plain/plain.conf")));
    }

    [Fact]
    public void Check_tells_what_differs_and_writes_nothing()
    {
        using var session = new Session().With("confgen.yaml", Specs.Small);
        Assert.Equal(
            $"missing: {Path.Combine("out", "plain/plain.conf")}\n",
            session.Run("build", "-t", "plain", "--check").Gives(3).Error
        );
        Assert.False(Directory.Exists(session.PathOf("out")));
        session.Run("build", "-t", "plain").Gives(0);
        session.Run("build", "-t", "plain", "--check").Gives(0);
        session.With("out/plain/plain.conf", "edited by hand\n");
        Assert.Equal(
            $"differs: {Path.Combine("out", "plain/plain.conf")}\n",
            session.Run("build", "-t", "plain", "--check").Gives(3).Error
        );
        Assert.Equal("edited by hand\n", session.Read("out/plain/plain.conf"));
    }

    [Fact]
    public void Diff_shows_what_would_change_and_writes_nothing()
    {
        using var session = new Session()
            .With("confgen.yaml", Specs.Two)
            .With("out/plain/plain.conf", "a.example.com -> elsewhere\nb.example.com -> a response\n");
        string name = Path.Combine("out", "plain/plain.conf");
        Assert.Equal(
            $"--- {name}\n+++ {name}\n@@ -1,2 +1,2 @@\n-a.example.com -> elsewhere\n+a.example.com -> http://127.0.0.1:3000\n"
                + $" b.example.com -> a response\n",
            session.Run("build", "-t", "plain", "--diff").Gives(0).Out
        );
        Assert.StartsWith("a.example.com -> elsewhere", session.Read("out/plain/plain.conf"), StringComparison.Ordinal);
        session.Run("build", "-t", "plain", "--diff", "--check").Gives(3);
    }

    [Fact]
    public void Secrets_are_closed_to_others_and_stay_out_of_a_shown_difference()
    {
        const string Hash = "$2y$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy";
        using var session = new Session().With(
            "confgen.yaml",
            $"sites:\n  - {{ host: a.example.com, tls: internal, hsts: true, proxy: \"http://127.0.0.1:1\", basic_auth: {{ users: {{ "
                + $"alice: \"{Hash}\" }} }} }}\n"
        );
        Said shown = session.Run("build", "-t", "plain", "--diff").Gives(0);
        Assert.Contains("+alice:********\n", shown.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(Hash, shown.Out, StringComparison.Ordinal);
        session.Run("build", "-t", "plain").Gives(0);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(session.PathOf("out/plain/users")));
            File.SetUnixFileMode(
                session.PathOf("out/plain/users"),
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead
            );
            session.Run("build", "-t", "plain", "--check").Gives(3);
            session.Run("build", "-t", "plain").Gives(0);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(session.PathOf("out/plain/users")));
        }
    }

    [Fact]
    public void Secrets_are_for_the_group_too_in_a_folder_that_gives_its_group_to_files()
    {
        if (OperatingSystem.IsWindows())
            return;
        const UnixFileMode ForGroup = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        using var session = new Session().With(
            "confgen.yaml",
            "sites:\n  - { host: a.example.com, tls: internal, hsts: true, proxy: \"http://127.0.0.1:1\", basic_auth: { users: { alice: "
                + "\"$2y$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy\" } } }\n"
        );
        string file = session.PathOf("out/plain/users");
        Assert.Contains(
            "users, with secrets: its owner alone may read it\n",
            session.Run("build", "-t", "plain").Gives(0).Error,
            StringComparison.Ordinal
        );

        // 1. What was opened to a group stays so while nothing changes.
        File.SetUnixFileMode(file, ForGroup);
        session.Run("build", "-t", "plain", "--check").Gives(0);

        // 2. And with every new version, where the folder says so.
        File.SetUnixFileMode(
            session.PathOf("out/plain"),
            UnixFileMode.SetGroup | UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute
        );
        File.Delete(file);
        Assert.DoesNotContain("owner alone", session.Run("build", "-t", "plain").Gives(0).Error, StringComparison.Ordinal);
        Assert.Equal(ForGroup, File.GetUnixFileMode(file));
    }

    [Fact]
    public void Options_that_contradict_each_other_are_refused()
    {
        using var session = new Session().With("confgen.yaml", Specs.Small);
        Assert.Contains(
            "'--check' makes no sense with it",
            session.Run("build", "--stdout", "--check", "-t", "plain").Gives(2).Error,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "'--watch' makes no sense with standard input",
            session.Run("build", "-", "--watch").Gives(2).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_folder_of_templates_must_be_one()
    {
        using var session = new Session().With("confgen.yaml", Specs.Small);
        Assert.Contains(
            "there is no folder",
            session.Run("build", "-t", "plain", "--templates", "mine").Gives(2).Error,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(null, "bridge.json", "portal.json")]
    [InlineData("portal", "portal.json")]
    [InlineData("bridge", "bridge.json")]
    [InlineData("both", "both.json")]
    public void A_side_of_the_tunnels_can_be_built_alone(string? side, params string[] files)
    {
        using var session = new Session { Targets = null };
        session.With(
            "confgen.yaml",
            "tunnels:\n  home:\n    portal: { listen: 1024, public: tunnel.example.com }\n"
                + "    bridge: { forward: \"http://127.0.0.1:80\" }\n    secret: 0123456789abcdef\n"
        );
        session.Run(["build", "-t", "v2ray", .. side is null ? [] : new[] { "--side", side }]).Gives(0);
        string[] written = Directory.GetFiles(session.PathOf("out/v2ray"));
        Assert.Equal([".confgen-manifest", .. files], written.Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(
            written,
            f => Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(f) == (UnixFileMode.UserRead | UnixFileMode.UserWrite))
        );
    }

    [Fact]
    public void What_follows_from_a_secret_is_not_shown()
    {
        using var session = new Session { Targets = null };
        session.With(
            "confgen.yaml",
            "tunnels:\n  home:\n    portal: { listen: 1024, public: tunnel.example.com }\n"
                + "    bridge: { forward: \"http://127.0.0.1:80\" }\n    secret: 0123456789abcdef\n"
        );
        Said said = session.Run("build", "-t", "v2ray", "--diff").Gives(0);
        Assert.Contains("\"id\": \"********\"", said.Out, StringComparison.Ordinal);
    }
}

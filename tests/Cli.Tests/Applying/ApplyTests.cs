using Confgen.Cli.Tests.World;

namespace Confgen.Cli.Tests.Applying;

/// <summary><c>confgen apply</c>: what is written, and what is put back.</summary>
public sealed class ApplyTests
{
    // Each reload notes what the program would read.
    private const string Reload = "cat etc/plain/plain.conf >>reloads 2>/dev/null; true";

    private const string Old = "a.example.com -> http://127.0.0.1:3000\n";
    private const string New = "a.example.com -> http://127.0.0.1:3000\nb.example.com -> a response\n";

    [Fact]
    public void The_files_are_written_and_the_program_is_reloaded()
    {
        using Session session = Applied();
        Said said = Apply(session, Reload).Gives(0);
        Assert.Equal(New, session.Read("etc/plain/plain.conf"));
        Assert.Equal(New, session.Read("reloads"));
        Assert.Contains("+b.example.com -> a response\n", said.Out, StringComparison.Ordinal);
        Assert.EndsWith("reloaded plain\napplied to etc/plain\n", said.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_as_the_spec_says_is_left_alone()
    {
        using Session session = Applied();
        Apply(session, Reload).Gives(0);
        Said said = Apply(session, "exit 1").Gives(0);
        Assert.Equal(
            "nothing to apply: etc/plain is what the spec says\n",
            said.Error[said.Error.IndexOf("nothing", StringComparison.Ordinal)..]
        );
    }

    [Fact]
    public void A_dry_run_shows_what_would_change()
    {
        using Session session = Applied();
        Assert.Contains("+b.example.com", Apply(session, Reload, "--dry-run").Gives(0).Out, StringComparison.Ordinal);
        Assert.Equal(Old, session.Read("etc/plain/plain.conf"));
        Assert.False(session.Has("reloads"));
    }

    [Fact]
    public void A_reload_that_fails_puts_everything_back()
    {
        using Session session = Applied();
        string manifest = session.Read("etc/plain/.confgen-manifest");
        Said said = Apply(session, Reload + "; grep -q b.example.com etc/plain/plain.conf && { echo no such module; exit 7; }; true")
            .Gives(4);
        Assert.Contains("CFG0509", said.Error, StringComparison.Ordinal);
        Assert.Contains("exited with 7: no such module", said.Error, StringComparison.Ordinal);
        Assert.EndsWith("the former files are back, and plain was reloaded with them\n", said.Error, StringComparison.Ordinal);
        Assert.Equal(Old, session.Read("etc/plain/plain.conf"));
        Assert.Equal(manifest, session.Read("etc/plain/.confgen-manifest"));
        Assert.Equal(New + Old, session.Read("reloads"));
    }

    [Fact]
    public void A_reload_that_also_fails_with_the_former_files_is_told()
    {
        using Session session = Applied();
        Assert.EndsWith(
            "the former files are back, but plain was not reloaded: 'exit 9' exited with 9\n",
            Apply(session, "exit 9").Gives(4).Error,
            StringComparison.Ordinal
        );
        Assert.Equal(Old, session.Read("etc/plain/plain.conf"));
    }

    [Fact]
    public void Files_that_are_new_are_gone_again_and_those_that_are_obsolete_are_back()
    {
        using Session session = new Session().With("confgen.yaml", WithUsers());
        session.Run("build", "-t", "plain", "-o", "etc").Gives(0);
        string users = session.Read("etc/plain/users");
        UnixFileMode mode = File.GetUnixFileMode(session.PathOf("etc/plain/users"));
        session.With("confgen.yaml", Specs.Two);
        Apply(session, "exit 1").Gives(4);
        Assert.Equal(users, session.Read("etc/plain/users"));
        Assert.Equal(mode, File.GetUnixFileMode(session.PathOf("etc/plain/users")));

        using Session first = new Session().With("confgen.yaml", WithUsers());
        Apply(first, "exit 1").Gives(4);
        Assert.Empty(Directory.EnumerateFiles(first.PathOf("etc/plain")));
    }

    [Fact]
    public void A_copy_of_what_somebody_else_wrote_goes_when_the_file_is_back()
    {
        using Session session = Applied().With("etc/plain/plain.conf", "by hand\n");
        Assert.Contains("was edited after confgen wrote it", Apply(session, "exit 1").Gives(2).Error, StringComparison.Ordinal);
        Apply(session, "exit 1", "--force").Gives(4);
        Assert.Equal("by hand\n", session.Read("etc/plain/plain.conf"));
        Assert.False(session.Has("etc/plain/plain.conf.bak"));
    }

    [Fact]
    public void Tests_that_fail_on_the_model_keep_everything_as_it_is()
    {
        using Session session = Applied();
        session.With("confgen.yaml", Specs.Two + "tests:\n  - { get: \"http://b.example.com/\", expect: { status: 404 } }\n");
        Assert.Contains("CFG0", Apply(session, Reload).Gives(1).Error, StringComparison.Ordinal);
        Assert.Equal(Old, session.Read("etc/plain/plain.conf"));
    }

    [Fact]
    public void Tests_that_fail_on_the_deployment_put_everything_back()
    {
        // Nobody listens there.
        using Session session = Applied();
        session.With("confgen.yaml", Specs.Two + "tests:\n  - { get: \"http://b.example.com/\", expect: { status: 200 } }\n");
        int port = Confgen.Tests.Ports.FreePort.Next();
        Said said = Apply(session, Reload, "--against", $"http://127.0.0.1:{port}", "--wait", "0s").Gives(4);
        Assert.Contains("the spec's tests fail on it", said.Error, StringComparison.Ordinal);
        Assert.Equal(Old, session.Read("etc/plain/plain.conf"));
    }

    [Theory]
    [InlineData("give the command with --reload", "-t", "plain", "-o", "etc")]
    [InlineData("'-t other'", "-t", "other,plain", "-o", "etc", "--no-reload")]
    [InlineData("--no-reload' makes no sense with '--reload", "-t", "plain", "-o", "etc", "--no-reload", "--reload", "true")]
    [InlineData("--output DIR is missing", "-t", "plain")]
    [InlineData("'--wait'", "-t", "plain", "-o", "etc", "--wait", "soon")]
    [InlineData("invalid URL", "-t", "plain", "-o", "etc", "--no-reload", "--against", "ftp://x")]
    public void A_wrong_call_does_nothing(string wayOut, params string[] arguments)
    {
        using Session session = Applied();
        Assert.Contains(wayOut, session.Run(["apply", .. arguments]).Gives(2).Error, StringComparison.Ordinal);
        Assert.Equal(Old, session.Read("etc/plain/plain.conf"));
    }

    // A folder to which a spec was applied, and another spec.
    private static Session Applied()
    {
        Session session = new Session().With("confgen.yaml", Specs.Small);
        session.Run("build", "-t", "plain", "-o", "etc").Gives(0);
        return session.With("confgen.yaml", Specs.Two);
    }

    private static Said Apply(Session session, string reload, params string[] more) =>
        session.Run(["apply", "-t", "plain", "-o", "etc", "--reload", reload, .. more]);

    private static string WithUsers() =>
        Specs.Small.Replace(
            "proxy:",
            "basic_auth: { users: { ann: \"$2y$05$abcdefghijklmnopqrstuuAq1Yc3bO4wGmZcv5Tq1d4Yx2H0u2Q5K\" } }\n    proxy:",
            StringComparison.Ordinal
        );
}

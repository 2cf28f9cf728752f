using Confgen.Cli.Tests.World;
using Confgen.Compiler.Rendering;

namespace Confgen.Cli.Tests.Verifying;

/// <summary><c>build --verify</c> asks the installed program, and leads its complaint back to the spec.</summary>
public sealed class VerifyTests
{
    [Fact]
    public void A_refusal_stands_at_the_spec_s_line_and_keeps_everything_from_being_written()
    {
        using Session session = WithProgram("echo 'plain.conf:2 dislikes \"b.example.com\"'; exit 1");
        string error = session.Run("build", "-t", "plain", "--verify").Gives(1).Error;
        Assert.Contains(
            "confgen.yaml:3:13: error CFG0450: plain says: dislikes \"b.example.com\" (plain/plain.conf:2)\n"
                + "    3 |   - { host: b.example.com, respond: ok }\n"
                + "      |             ^^^^^^^^^^^^^ the line is: b.example.com -> a response\n",
            error,
            StringComparison.Ordinal
        );
        Assert.False(session.Has("out/plain/plain.conf"));
    }

    [Fact]
    public void A_complaint_without_a_word_of_the_spec_has_no_place()
    {
        using Session session = WithProgram("echo 'plain.conf:9 is in a bad mood'; exit 1");
        Assert.Contains(
            "\nerror CFG0450: plain says: is in a bad mood (plain/plain.conf:9)\n",
            "\n" + session.Run("build", "-t", "plain", "--verify").Gives(1).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void What_the_program_accepts_is_written()
    {
        using Session session = WithProgram("test \"$(head -c 5 \"$1\")\" = a.exa");
        Assert.StartsWith(
            "plain: plain-check accepts the configuration\n",
            session.Run("build", "-t", "plain", "--verify").Gives(0).Error,
            StringComparison.Ordinal
        );
        Assert.True(session.Has("out/plain/plain.conf"));
    }

    [Fact]
    public void A_warning_of_the_program_is_a_warning()
    {
        using Session session = WithProgram("echo 'plain.conf:1 raises an eyebrow'");
        Assert.Contains(
            "warning CFG0451: plain says: raises an eyebrow",
            session.Run("build", "-t", "plain", "--verify").Gives(0).Error,
            StringComparison.Ordinal
        );
        session.Run("build", "-t", "plain", "--verify", "--strict").Gives(1);
    }

    [Fact]
    public void A_program_that_is_not_installed_is_told_of()
    {
        using var session = new Session { Programs = [new PlainProgram()] };
        session.With("confgen.yaml", Specs.Two);
        Assert.Contains(
            "plain: not verified, because plain-check is not installed here\n",
            session.Run("build", "-t", "plain", "--verify").Gives(0).Error,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("", "plain 2.0.1", null, null)]
    [InlineData("2.0.1", "plain/2.0.1 (Debian)", null, null)]
    [InlineData("2.0", "nothing", null, null)]
    [InlineData("1.0", "v1.0.7", null, null)]
    [InlineData(
        "",
        "1.0.7",
        "plain 1.0.7 is installed; the spec names no release, so it is rendered for 2.0",
        "write 'targets: { plain: { version: \"1.0.7\" } }'"
    )]
    [InlineData(
        "2.0.1",
        "2.0.3",
        "confgen.yaml:1:30: warning CFG0452: plain 2.0.3 is installed; the spec is rendered for 2.0.1",
        "write \"2.0.3\""
    )]
    [InlineData(
        "1.0",
        "9.1.0",
        "plain 9.1 is installed; the spec is rendered for 1.0",
        "write \"2.0\", the newest release that confgen knows"
    )]
    [InlineData("2.0", "2.1", "plain 2.1 is installed; the spec is rendered for 2.0", "2.0 is the newest release that confgen knows")]
    [InlineData("1.0", "0.9", "plain 0.9 is installed; the spec is rendered for 1.0", "confgen renders for plain from 1.0 on")]
    public void Another_release_than_the_spec_s_is_told(string version, string says, string? message, string? advice)
    {
        using Session session = WithProgram($"[ \"$1\" != --version ] || echo '{says}'");
        string head = version.Length == 0 ? "" : $"targets: {{ plain: {{ version: \"{version}\" }} }}\n";
        session.With("confgen.yaml", head + Specs.Two);
        string error = session.Run("build", "-t", "plain", "--verify").Gives(0).Error;
        Assert.Equal(message is not null, error.Contains("CFG0452", StringComparison.Ordinal));
        Assert.Contains(message ?? "", error, StringComparison.Ordinal);
        Assert.Contains(advice ?? "", error, StringComparison.Ordinal);
    }

    private static Session WithProgram(string script)
    {
        Session session = new Session { Programs = [new PlainProgram()] }
            .With("confgen.yaml", Specs.Two)
            .With("bin/plain-check", "#!/bin/sh\n" + script + "\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(
                session.PathOf("bin/plain-check"),
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            );
        session.Variables["PATH"] = session.PathOf("bin") + ":" + session.Variables["PATH"];
        return session;
    }

    private sealed class PlainProgram : ITargetProgram
    {
        public string Target => "plain";

        public string Executable => "plain-check";

        public ProgramCall? Check(string folder, IReadOnlyList<RenderedFile> files, Layout layout) => new([$"{folder}/{files[0].Path}"]);

        public IReadOnlyList<ProgramComplaint> Read(string output, bool failed) =>
            [
                .. output
                    .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .Select(l => l.Split([':', ' '], 3))
                    .Select(w => new ProgramComplaint(w[2], failed, "/some/folder/" + w[0], int.Parse(w[1]))),
            ];
    }
}

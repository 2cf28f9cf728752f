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

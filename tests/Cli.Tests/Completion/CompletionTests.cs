using System.Diagnostics;
using Confgen.Cli.Tests.World;

namespace Confgen.Cli.Tests.Completion;

/// <summary>What a shell offers. bash is asked itself; zsh and fish, which are seldom installed, by their scripts' text.</summary>
public sealed class CompletionTests
{
    [Theory]
    [InlineData("confgen bu", "build")]
    [InlineData("confgen build --form", "--format")]
    [InlineData("confgen build --format ", "github json junit sarif text")]
    [InlineData("confgen build --format = js", "json")]
    [InlineData("confgen build -t pl", "plain")]
    [InlineData("confgen build -t plain,o", "plain,other")]
    [InlineData("confgen rules CFG010", "CFG0100 CFG0101 CFG0102 CFG0103 CFG0104 CFG0105 CFG0106 CFG0107")]
    [InlineData("confgen targets ", "other plain")]
    [InlineData("confgen validate sp", "spec one.yaml")]
    [InlineData("confgen build --templates te", "templates")]
    public void Bash_offers_what_fits(string typed, string offered)
    {
        using var session = new Session().With("spec one.yaml", "").With("templates/x", "");
        session.With("completion.bash", session.Run("completion", "bash").Gives(0).Out);
        Assert.Equal(offered, Bash(session, typed));
    }

    [Theory]
    [InlineData("zsh", "'(--target -t)'{--target,-t}'[")]
    [InlineData("zsh", ":words:_sequence compadd - all other plain'")]
    [InlineData(
        "fish",
        "complete -c confgen -n '__fish_seen_subcommand_from build' -l target -s t -r -f -a '(__fish_append , all other plain)' -d"
    )]
    [InlineData(
        "fish",
        "complete -c confgen -n __fish_use_subcommand -a validate -d 'Check specs and tell everything that is wrong with them.'"
    )]
    public void The_other_shells_get_scripts_in_their_languages(string shell, string line)
    {
        using var session = new Session();
        Assert.Contains(line, session.Run("completion", shell).Gives(0).Out, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_shell_is_told()
    {
        using var session = new Session();
        Assert.Equal(
            "confgen: error CFG0500: 'csh' is none of bash, zsh, fish\n  'confgen completion --help' shows how it is called\n",
            session.Run("completion", "csh").Gives(2).Error
        );
        Assert.Equal(
            "confgen: error CFG0500: SHELL is missing\n  'confgen completion --help' shows how it is called\n",
            session.Run("completion").Gives(2).Error
        );
    }

    private static string Bash(Session session, string typed)
    {
        const string Script =
            "source ./completion.bash; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); _confgen 2>/dev/null; IFS=' '; printf %s "
            + "\"${COMPREPLY[*]}\"";
        var start = new ProcessStartInfo("bash", ["--norc", "-c", Script, "bash", .. typed.Split(' ')])
        {
            WorkingDirectory = session.Folder,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using Process bash = Process.Start(start)!;
        string said = bash.StandardOutput.ReadToEnd();
        bash.WaitForExit();
        return said;
    }
}

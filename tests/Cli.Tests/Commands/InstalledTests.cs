using System.Diagnostics;
using Confgen.Cli.Tests.World;

namespace Confgen.Cli.Tests.Commands;

/// <summary>The real process: its streams, its exit codes, its signals.</summary>
public sealed class InstalledTests
{
    [Fact]
    public void A_spec_on_standard_input_is_judged()
    {
        using var session = new Session();
        Said said = Installed.Run(session.Folder, Specs.Wrong, "validate", "-").Gives(1);
        Assert.StartsWith("<stdin>:5:35: error CFG0107: unknown upstream 'ap'\n", said.Error, StringComparison.Ordinal);
        Assert.Equal("", said.Out);
        Assert.Contains(
            "\"errors\": 1",
            Installed.Run(session.Folder, Specs.Wrong, "validate", "-", "--format", "json").Gives(1).Out,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_spec_of_the_current_folder_is_found()
    {
        using var session = new Session().With("confgen.yaml", Specs.Small);
        Installed.Run(session.Folder, "", "validate").Gives(0);
        Installed.Run(session.Folder, "", "validate", "--nonsense").Gives(2);
    }

    [Fact]
    public void Text_leaves_the_process_as_utf8_whatever_the_locale()
    {
        using var session = new Session().With("confgen.yaml", "sites:\n  - { host: a.example.com, ü漢: 1, respond: ok }\n");
        Assert.Contains("unknown key 'ü漢'", Installed.Run(session.Folder, "", "validate").Gives(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_watch_ends_in_good_order_at_a_signal()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var session = new Session().With("confgen.yaml", Specs.Wrong);
        using Process process = Installed.Start(session.Folder, "build", "--watch");
        string? line;
        do
        {
            line = process.StandardError.ReadLine();
        } while (line is not (null or "watching; Ctrl-C ends"));
        Assert.NotNull(line);
        using (Process kill = Process.Start("kill", ["-TERM", process.Id.ToString()]))
            kill.WaitForExit();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}

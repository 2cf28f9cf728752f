using Confgen.Cli.Verifying;
using Confgen.Compiler.Rendering;

namespace Confgen.Cli.Applying;

/// <summary>Runs a command of the caller's.</summary>
internal static class Shell
{
    /// <summary>Runs a command to its end, for at most a minute.</summary>
    /// <returns>Null where it exits with 0; else what went wrong, with the last line that it wrote.</returns>
    public static string? Run(string command, string folder, CancellationToken stopping)
    {
        (string shell, string option) = OperatingSystem.IsWindows() ? ("cmd.exe", "/c") : ("/bin/sh", "-c");
        (int code, string output) = ProgramRun.Of(shell, new ProgramCall([option, command]), folder, stopping);
        string last = output.Split('\n').LastOrDefault(l => !string.IsNullOrWhiteSpace(l))?.Trim() ?? "";
        return code == 0 ? null : $"'{command}' exited with {code}{(last.Length > 0 ? ": " + last : "")}";
    }
}

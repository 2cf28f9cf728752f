using System.Diagnostics;

namespace Confgen.Cli.Tests.Serving;

/// <summary>A program of another maker that talks to the proxy. Where CI runs, it must be installed.</summary>
internal static class Tool
{
    public static bool IsHere(string name, ITestOutputHelper output)
    {
        bool isHere = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, name)));
        if (!isHere)
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", $"CI must have {name} installed");
            output.WriteLine($"{name} is not installed here: nothing was tried with it");
        }

        return isHere;
    }

    /// <summary>What it writes to standard output; its exit code must be 0.</summary>
    public static async Task<string> RunAsync(string name, params string[] arguments)
    {
        using Process process = Start(name, arguments);
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        string said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{name} {string.Join(' ', arguments)} ended with {process.ExitCode}: {await error}{said}");
        return said;
    }

    public static Process Start(string name, params string[] arguments) =>
        Process.Start(
            new ProcessStartInfo(name, arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            }
        )!;
}

using System.Diagnostics;

namespace Confgen.Targets.Tests.V2Ray;

/// <summary>The V2Ray that is installed here. Where CI runs, there must be one.</summary>
internal static class RealV2Ray
{
    public static string? Path { get; } =
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':')
            .Append("/usr/bin")
            .Append("/usr/local/bin")
            .Select(folder => folder + "/v2ray")
            .FirstOrDefault(File.Exists);

    /// <summary>Whether tests on the real program can run; says so where they can't.</summary>
    public static bool IsHere(ITestOutputHelper output)
    {
        if (Path is null)
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", "CI must have v2ray installed");
            output.WriteLine("v2ray is not installed here: nothing was tried on it");
        }

        return Path is not null;
    }

    /// <summary>What <c>v2ray -test</c> says of a configuration; empty where it is good.</summary>
    public static string Test(string file)
    {
        using Process process = Start("-test", "-config", file);
        Task<string> error = process.StandardError.ReadToEndAsync();
        string said = process.StandardOutput.ReadToEnd() + error.Result;
        process.WaitForExit();
        return process.ExitCode == 0 ? ""
            : said.Length > 0 ? said
            : "exit code " + process.ExitCode;
    }

    /// <summary>Starts it; what it writes must be read.</summary>
    public static Process Start(params string[] arguments) =>
        Process.Start(
            new ProcessStartInfo(Path ?? throw new InvalidOperationException("no v2ray"), arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            }
        ) ?? throw new InvalidOperationException("v2ray did not start");
}

using System.Diagnostics;

namespace Confgen.Targets.Tests.HAProxy;

/// <summary>The HAProxy that is installed here. Where CI runs, there must be one.</summary>
internal static class RealHAProxy
{
    private static readonly string? _path = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(':')
        .Append("/usr/sbin")
        .Append("/usr/local/sbin")
        .Select(folder => folder + "/haproxy")
        .FirstOrDefault(File.Exists);

    /// <summary>Whether tests on the real program can run; says so where they can't.</summary>
    public static bool IsHere(ITestOutputHelper output)
    {
        if (_path is null)
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", "CI must have haproxy installed");
            output.WriteLine("haproxy is not installed here: nothing was tried on it");
        }

        return _path is not null;
    }

    /// <summary>What <c>haproxy -c</c> says of a configuration; empty where it is good.</summary>
    public static string Test(string file)
    {
        using Process process = Start("-c", "-f", file);
        Task<string> error = process.StandardError.ReadToEndAsync();
        string said = process.StandardOutput.ReadToEnd() + error.GetAwaiter().GetResult();
        process.WaitForExit();
        // Whether this machine knows a name says nothing of the configuration.
        bool warns = said.Split('\n')
            .Any(line => line.StartsWith("[WARNING]", StringComparison.Ordinal) && !line.Contains("could not resolve"));
        return process.ExitCode == 0 && !warns ? "" : said;
    }

    /// <summary>Starts it; what it writes must be read.</summary>
    public static Process Start(params string[] arguments) =>
        Process.Start(
            new ProcessStartInfo(_path ?? throw new InvalidOperationException("no haproxy"), arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            }
        ) ?? throw new InvalidOperationException("haproxy did not start");
}

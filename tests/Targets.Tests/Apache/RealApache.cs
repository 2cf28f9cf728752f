using System.Diagnostics;

namespace Confgen.Targets.Tests.Apache;

/// <summary>The Apache httpd that is installed here. Where CI runs, there must be one.</summary>
internal static class RealApache
{
    private static readonly string? _path = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(':')
        .Append("/usr/sbin")
        .Append("/usr/local/sbin")
        .Select(folder => folder + "/apache2")
        .FirstOrDefault(File.Exists);

    /// <summary>Whether tests on the real program can run; says so where they can't.</summary>
    public static bool IsHere(ITestOutputHelper output)
    {
        if (_path is null)
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", "CI must have apache2 installed");
            output.WriteLine("apache2 is not installed here: nothing was tried on it");
        }

        return _path is not null;
    }

    /// <summary>What <c>apache2 -t</c> says of a configuration in a folder; empty where it is good.</summary>
    public static string Test(string folder)
    {
        using Process process = Start(folder, "-t");
        Task<string> error = process.StandardError.ReadToEndAsync();
        string said = process.StandardOutput.ReadToEnd() + error.GetAwaiter().GetResult();
        process.WaitForExit();
        bool warns = said.Contains(":warn]", StringComparison.Ordinal) || said.Contains(":error]", StringComparison.Ordinal);
        return process.ExitCode == 0 && !warns ? "" : said;
    }

    /// <summary>Starts it on a folder; what it writes must be read.</summary>
    public static Process Start(string folder, params string[] arguments) =>
        Process.Start(
            new ProcessStartInfo(
                _path ?? throw new InvalidOperationException("no apache2"),
                [
                    .. arguments,
                    "-d",
                    folder,
                    "-f",
                    Path.Combine(folder, "apache2.conf"),
                    "-C",
                    $"DefaultRuntimeDir \"{folder}\"",
                    "-c",
                    $"PidFile \"{folder}/httpd.pid\"",
                    "-c",
                    "ErrorLog /dev/stderr",
                ]
            )
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            }
        ) ?? throw new InvalidOperationException("apache2 did not start");
}

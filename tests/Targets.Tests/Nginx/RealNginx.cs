using System.Diagnostics;
using Confgen.Compiler.Rendering;

namespace Confgen.Targets.Tests.Nginx;

/// <summary>The nginx that is installed here. Where CI runs, there must be one.</summary>
internal static class RealNginx
{
    private static readonly string[] Places =
    [
        "/usr/sbin/nginx",
        "/usr/local/sbin/nginx",
        "/usr/local/nginx/sbin/nginx",
        "/opt/homebrew/bin/nginx",
    ];

    public static string? Path { get; } =
        Places
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => folder + "/nginx"))
            .FirstOrDefault(File.Exists);

    /// <summary>The version, where an nginx is here.</summary>
    public static TargetVersion? Version { get; } =
        Path is null || !TargetVersion.TryParse(Built.Trim().Split('/')[^1].Split(' ')[0], out TargetVersion version) ? null : version;

    private static string Built => Run("-v");

    /// <summary>Whether tests on the real program can run; says so where they can't.</summary>
    public static bool IsHere(ITestOutputHelper output)
    {
        if (Path is null)
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", "CI must have nginx installed");
            output.WriteLine("nginx is not installed here: nothing was tried on it");
        }

        return Path is not null;
    }

    /// <summary>Whether the program holds the name of such a directive.</summary>
    public static bool WasBuiltWith(string directive) =>
        Binary.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes($"\0{directive}\0")) >= 0;

    private static byte[] Binary => field ??= File.ReadAllBytes(Path ?? "");

    /// <summary>What <c>nginx -t</c> says of the configuration, without the lines of a success; empty where it is good.</summary>
    public static string Test(string configuration)
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("nginx.conf", configuration);
        return Test(folder.Path, file);
    }

    public static string Test(string folder, string file)
    {
        using Process process = Start("-t", "-q", "-e", "stderr", "-p", folder, "-c", file, "-g", $"pid {folder}/nginx.pid;");
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        // An unprivileged user may not read the compiled-in log's folder; that says nothing of the configuration.
        return process.ExitCode == 0 ? ""
            : error.Length > 0 ? error
            : "exit code " + process.ExitCode;
    }

    private static string Run(string argument)
    {
        using Process process = Start(argument);
        string said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return said;
    }

    public static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(Path ?? throw new InvalidOperationException("no nginx"))
        {
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        return Process.Start(start) ?? throw new InvalidOperationException("nginx did not start");
    }
}

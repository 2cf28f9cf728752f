using System.Diagnostics;
using System.Text.RegularExpressions;
using Confgen.Compiler.Rendering;

namespace Confgen.Conformance.Tests.Proxies;

/// <summary>A program found on this machine, and the version that it says it is.</summary>
internal sealed partial record InstalledProgram(string Path, TargetVersion Version)
{
    // CONFGEN_PROGRAMS goes first: other versions than the system's, as scripts/install-newer unpacks them.
    private static readonly string[] _folders =
    [
        .. (Environment.GetEnvironmentVariable("CONFGEN_PROGRAMS") + ":" + Environment.GetEnvironmentVariable("PATH")).Split(
            ':',
            StringSplitOptions.RemoveEmptyEntries
        ),
        "/usr/sbin",
        "/usr/local/sbin",
        "/usr/local/nginx/sbin",
        "/opt/homebrew/bin",
    ];

    /// <summary>Looks for a program; null where there is none.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="question">The argument at which it tells its version.</param>
    public static InstalledProgram? Find(string name, string question)
    {
        string? path = _folders.Select(f => System.IO.Path.Combine(f, name)).FirstOrDefault(File.Exists);
        if (path is null)
        {
            return null;
        }

        using var asked =
            Process.Start(
                new ProcessStartInfo(path, question)
                {
                    UseShellExecute = false,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                }
            ) ?? throw new InvalidOperationException($"{path} can't be started");
        Task<string> other = asked.StandardError.ReadToEndAsync();
        string said = asked.StandardOutput.ReadToEnd() + other.GetAwaiter().GetResult();
        asked.WaitForExit();
        return TargetVersion.TryParse(Number().Match(said).Value, out TargetVersion version)
            ? new InstalledProgram(path, version)
            : throw new InvalidOperationException($"{path} {question} tells no version: {said}");
    }

    [GeneratedRegex(@"\d+\.\d+(\.\d+)?", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();
}

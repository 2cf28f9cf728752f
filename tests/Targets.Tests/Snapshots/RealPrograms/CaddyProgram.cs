using System.Diagnostics;
using Confgen.Compiler.Rendering;
using Confgen.Targets.Tests.Caddy;

namespace Confgen.Targets.Tests.Snapshots.RealPrograms;

/// <summary><c>caddy validate</c>.</summary>
internal sealed class CaddyProgram : IRealProgram
{
    private static readonly Lazy<TargetVersion?> Installed = new(FindVersion);

    public string Target => "caddy";

    public bool IsHere(ITestOutputHelper output) => !RealCaddy.IsMissing(output);

    // Syntax changes between minor releases in both directions.
    public bool Reads(TargetVersion version) =>
        Installed.Value is not { } real || (version.Major, version.Minor) == (real.Major, real.Minor);

    public string Check(string folder)
    {
        // Labels are read as the plugin does by tests of their own.
        if (!File.Exists(Path.Combine(folder, "Caddyfile")))
        {
            return "";
        }

        (int code, string error) = Run(RealCaddy.Start(Path.Combine(folder, "Caddyfile"), folder, "validate"));
        return code == 0 ? "" : error;
    }

    private static TargetVersion? FindVersion()
    {
        var start = new ProcessStartInfo("caddy", "version") { UseShellExecute = false, RedirectStandardOutput = true };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException("caddy does not start");
        string said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return TargetVersion.TryParse(said.Split([' ', '\n', '+', '-', '~'])[0], out TargetVersion version) ? version : null;
    }

    private static (int Code, string Error) Run(ProcessStartInfo start)
    {
        using Process process = Process.Start(start) ?? throw new InvalidOperationException("caddy does not start");
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string error = process.StandardError.ReadToEnd();
        _ = output.GetAwaiter().GetResult();
        process.WaitForExit();
        return (process.ExitCode, error);
    }
}

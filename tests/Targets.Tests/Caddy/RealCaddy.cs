using System.Diagnostics;

namespace Confgen.Targets.Tests.Caddy;

/// <summary>The installed caddy, where there is one. In CI there must be one.</summary>
internal static class RealCaddy
{
    private static readonly Lazy<string?> Installed = new(static () =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Select(static folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "caddy.exe" : "caddy"))
            .FirstOrDefault(File.Exists)
    );

    public static bool IsMissing(ITestOutputHelper output)
    {
        if (Installed.Value is not null)
        {
            return false;
        }

        Assert.False(
            string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase),
            "CI must have caddy installed"
        );
        output.WriteLine("caddy is not installed: nothing was tried on it");
        return true;
    }

    public static (int Code, string Output, string Error) Adapt(string text) =>
        WithFile(text, static file => Run("adapt", "--adapter", "caddyfile", "--config", file));

    public static string Format(string text) => WithFile(text, static file => Run("fmt", file)).Output;

    public static ProcessStartInfo Start(string config, string home, params string[] arguments)
    {
        ProcessStartInfo start = Info([.. arguments, "--adapter", "caddyfile", "--config", config]);
        start.Environment["HOME"] = home;
        start.Environment["XDG_DATA_HOME"] = home;
        start.Environment["XDG_CONFIG_HOME"] = home;

        // Several run at once, and the usual port of the admin endpoint is one.
        start.Environment["CADDY_ADMIN"] = $"unix/{home}/admin.sock";
        return start;
    }

    private static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        using Process process = Process.Start(Info(arguments)) ?? throw new InvalidOperationException("caddy does not start");
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output.GetAwaiter().GetResult(), error);
    }

    private static ProcessStartInfo Info(IEnumerable<string> arguments) =>
        new(Installed.Value ?? "caddy", arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = new System.Text.UTF8Encoding(false),
        };

    private static T WithFile<T>(string text, Func<string, T> use)
    {
        string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        File.WriteAllText(file, text);
        try
        {
            return use(file);
        }
        finally
        {
            File.Delete(file);
        }
    }
}

using System.Diagnostics;

namespace Confgen.Cli.Tests.World;

/// <summary>The program as a process of its own, as a user starts it.</summary>
internal static class Installed
{
    /// <summary>The published program that <c>CONFGEN_PROGRAM</c> names, to be tested instead of the one that was built; or null.</summary>
    public static string? Published { get; } =
        Environment.GetEnvironmentVariable("CONFGEN_PROGRAM") is { Length: > 0 } program ? Path.GetFullPath(program) : null;

    public static Said Run(string folder, string input, params string[] arguments) => Run(Call(folder, arguments), input);

    public static Said Run(ProcessStartInfo call, string input)
    {
        using Process process = Process.Start(call) ?? throw new InvalidOperationException("confgen did not start");
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        process.WaitForExit();
        return new Said(process.ExitCode, output.Result, error.Result);
    }

    public static Process Start(string folder, params string[] arguments) =>
        Process.Start(Call(folder, arguments)) ?? throw new InvalidOperationException("confgen did not start");

    /// <summary>How it is started.</summary>
    public static ProcessStartInfo Call(string folder, params string[] arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "confgen.dll");
        string host = Environment.ProcessPath is { } running && Path.GetFileNameWithoutExtension(running) == "dotnet" ? running : "dotnet";
        return new ProcessStartInfo(Published ?? host, Published is null ? ["exec", program, .. arguments] : arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
    }
}

using System.Diagnostics;

namespace Confgen.Cli.Tests.World;

/// <summary>The program as a process of its own, as a user starts it.</summary>
internal static class Installed
{
    public static Said Run(string folder, string input, params string[] arguments)
    {
        using Process process = Start(folder, arguments);
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
        return new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet", ["exec", program, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
    }
}

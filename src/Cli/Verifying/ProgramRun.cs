using System.ComponentModel;
using System.Diagnostics;
using Confgen.Compiler.Rendering;

namespace Confgen.Cli.Verifying;

/// <summary>Runs a real program to its end.</summary>
internal static class ProgramRun
{
    // Checks take a fraction of a second; one that resolves names may wait for its resolver.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    /// <summary>The exit code, and everything that it wrote.</summary>
    public static (int Code, string Output) Of(string executable, ProgramCall call, string folder, CancellationToken stopping)
    {
        var start = new ProcessStartInfo(executable, call.Arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach ((string name, string value) in call.Variables)
        {
            start.Environment[name] = value;
        }

        try
        {
            using Process process = Process.Start(start) ?? throw new IOException($"'{executable}' did not start");
            process.StandardInput.Close();
            using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            limit.CancelAfter(_patience);
            Task<string> output = process.StandardOutput.ReadToEndAsync(limit.Token);
            Task<string> error = process.StandardError.ReadToEndAsync(limit.Token);
            try
            {
                Task.WaitAll([output, error, process.WaitForExitAsync(limit.Token)], limit.Token);
                return (process.ExitCode, error.Result + output.Result);
            }
            catch (Exception e) when (e is OperationCanceledException or AggregateException)
            {
                process.Kill(entireProcessTree: true);
                stopping.ThrowIfCancellationRequested();
                return (-1, $"no response within {_patience.TotalSeconds:0} s");
            }
        }
        catch (Win32Exception e)
        {
            throw new IOException($"can't run '{executable}': {e.Message}", e);
        }
    }
}

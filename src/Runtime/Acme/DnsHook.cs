using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Confgen.Model;

namespace Confgen.Runtime.Acme;

/// <summary>The program that writes and removes TXT records: called as lego calls one, without a shell.</summary>
internal sealed class DnsHook(ValueList<string> call, TimeSpan limit, TimeProvider time)
{
    private const int MostOutput = 2000;

    /// <summary>Writes a record.</summary>
    public Task ShowAsync(string name, string value, CancellationToken cancellation) => RunAsync("present", name, value, cancellation);

    /// <summary>Removes it.</summary>
    public Task HideAsync(string name, string value, CancellationToken cancellation) => RunAsync("cleanup", name, value, cancellation);

    private async Task RunAsync(string verb, string name, string value, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(call[0], [.. call.Skip(1), verb, name, value])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Start(start);
        var output = new StringBuilder();
        void Collect(object sender, DataReceivedEventArgs line)
        {
            lock (output)
            {
                if (line.Data is { } text && output.Length < MostOutput)
                {
                    output.Append(output.Length > 0 ? "; " : "").Append(text);
                }
            }
        }

        process.OutputDataReceived += Collect;
        process.ErrorDataReceived += Collect;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.StandardInput.Close();
        using var deadline = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        try
        {
            await process.WaitForExitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            cancellation.ThrowIfCancellationRequested();
            throw new AcmeException($"{call[0]} {verb} {name} took longer than {limit.TotalSeconds:0} s");
        }

        if (process.ExitCode != 0)
        {
            lock (output)
            {
                string said = string.Concat(output.ToString().Select(c => char.IsControl(c) ? ' ' : c));
                throw new AcmeException(
                    $"{call[0]} {verb} {name} ended with status {process.ExitCode}{(said.Length > 0 ? ": " + said : "")}"
                );
            }
        }
    }

    private Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start) ?? throw new AcmeException($"{call[0]} can't be started");
        }
        catch (Exception e) when (e is Win32Exception or IOException or InvalidOperationException)
        {
            throw new AcmeException($"{call[0]} can't be started: {e.Message}", e);
        }
    }
}

using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Confgen.Compiler.Rendering;

namespace Confgen.Cli.Testing.OnPrograms;

/// <summary>A real program in the foreground. It is ended by its id, together with its children.</summary>
internal sealed class ExternalProgram : IRunningServer
{
    private readonly Process _process;
    private readonly StringBuilder _said = new();

    private ExternalProgram(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += Hear;
        _process.ErrorDataReceived += Hear;
        _process.Start();
        _process.StandardInput.Close();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <inheritdoc/>
    public string? Ended
    {
        get
        {
            if (!_process.HasExited)
            {
                return null;
            }

            _process.WaitForExit(); // the rest of what it said
            lock (_said)
            {
                return $"it ended with code {_process.ExitCode}: {_said.ToString().Trim().ReplaceLineEndings("; ")}";
            }
        }
    }

    /// <summary>Starts the program.</summary>
    public static ExternalProgram Start(string executable, ProgramCall call, string folder)
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
            return new ExternalProgram(start);
        }
        catch (Win32Exception e)
        {
            throw new IOException($"can't run '{executable}': {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Hear(object sender, DataReceivedEventArgs said)
    {
        lock (_said)
        {
            _said.AppendLine(said.Data);
        }
    }
}

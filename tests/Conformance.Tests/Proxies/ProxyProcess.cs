using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Confgen.Conformance.Tests.Proxies;

/// <summary>A program in the foreground, ended by its id together with its children.</summary>
internal sealed class ProxyProcess : IRunningProxy
{
    private readonly Process _process;
    private readonly StringBuilder _log = new();

    private ProxyProcess(ProcessStartInfo start)
    {
        start.UseShellExecute = false;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.RedirectStandardInput = true;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += Hear;
        _process.ErrorDataReceived += Hear;
        _process.Start();
        _process.StandardInput.Close();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The process' id.</summary>
    public int Id => _process.Id;

    public string Log
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }

    /// <summary>
    /// Starts a program, and waits until it takes connections at all of the ports, and has said a word where it is one that does.
    /// </summary>
    public static async Task<ProxyProcess> StartAsync(
        ProcessStartInfo start,
        IReadOnlyCollection<int> ports,
        CancellationToken stop,
        string word = ""
    )
    {
        var started = new ProxyProcess(start);
        try
        {
            foreach (int port in ports)
            {
                while (!await ListensAsync(new IPEndPoint(IPAddress.Loopback, port), stop))
                {
                    await started.NextLookAsync(start, stop);
                }
            }

            while (!started.Log.Contains(word, StringComparison.Ordinal))
            {
                await started.NextLookAsync(start, stop);
            }

            return started;
        }
        catch (OperationCanceledException)
        {
            string log = started.Log;
            await started.DisposeAsync();
            throw new ProxyFailedException($"{Path.GetFileName(start.FileName)} does not listen at {string.Join(", ", ports)}:\n{log}");
        }
        catch (ProxyFailedException)
        {
            await started.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends a signal to a process, as <c>TERM</c>.</summary>
    public static async Task SignalAsync(int id, string signal)
    {
        using Process sent = Process.Start("kill", ["-" + signal, $"{id}"]);
        await sent.WaitForExitAsync();
    }

    /// <summary>Completes when the process has ended.</summary>
    public Task ExitedAsync(CancellationToken stop) => _process.WaitForExitAsync(stop);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task NextLookAsync(ProcessStartInfo start, CancellationToken stop)
    {
        if (_process.HasExited)
        {
            await _process.WaitForExitAsync(stop);
            throw new ProxyFailedException($"{Path.GetFileName(start.FileName)} did not start (exit code {_process.ExitCode}):\n{Log}");
        }

        await Task.Delay(5, stop);
    }

    /// <summary>Waits until somebody takes connections at a unix socket: a program may open it after its ports.</summary>
    public static async Task UntilListensAsync(string socketPath, CancellationToken stop)
    {
        while (!await ListensAsync(new UnixDomainSocketEndPoint(socketPath), stop))
        {
            await Task.Delay(5, stop);
        }
    }

    private static async Task<bool> ListensAsync(EndPoint place, CancellationToken stop)
    {
        using var socket = new Socket(
            place.AddressFamily,
            SocketType.Stream,
            place is IPEndPoint ? ProtocolType.Tcp : ProtocolType.Unspecified
        );
        try
        {
            await socket.ConnectAsync(place, stop);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private void Hear(object sender, DataReceivedEventArgs said)
    {
        if (said.Data is not null)
        {
            lock (_log)
            {
                _log.AppendLine(said.Data);
            }
        }
    }
}

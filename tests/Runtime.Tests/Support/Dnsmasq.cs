using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Confgen.Runtime.Tests.Support;

/// <summary>The real dnsmasq, with the records that a test gives it. Where CI runs, it must be installed.</summary>
internal sealed class Dnsmasq : IAsyncDisposable
{
    private static readonly string? _program = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(':')
        .Append("/usr/sbin")
        .Append("/usr/local/sbin")
        .Select(folder => Path.Combine(folder, "dnsmasq"))
        .FirstOrDefault(File.Exists);

    private Process? _process;

    public IPEndPoint EndPoint { get; } = new(IPAddress.Loopback, FreePort.Next());

    /// <summary>Whether tests on the real program can run; says so where they can't.</summary>
    public static bool IsHere(ITestOutputHelper output)
    {
        if (_program is null)
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", "CI must have dnsmasq installed");
            output.WriteLine("dnsmasq is not installed here: nothing was tried on it");
        }

        return _program is not null;
    }

    /// <summary>Starts it, anew with other records if it ran before, and waits until it answers.</summary>
    public async Task StartAsync(params string[] records)
    {
        await StopAsync();
        var start = new ProcessStartInfo(
            _program!,
            [
                "--no-daemon",
                "--conf-file=/dev/null",
                "--no-resolv",
                "--no-hosts",
                "--bind-interfaces",
                "--local=/test/",
                "--listen-address=127.0.0.1",
                $"--port={EndPoint.Port}",
                "--user=",
                "--pid-file=",
                "--host-record=up.test,127.0.0.1",
                .. records,
            ]
        )
        {
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        _process = Process.Start(start)!;
        _ = _process.StandardError.ReadToEndAsync();
        await Eventually.TrueAsync(IsUp, "dnsmasq answers");
    }

    public async Task StopAsync()
    {
        if (_process is not null)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
            _process = null;
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private bool IsUp()
    {
        Assert.False(_process!.HasExited, "dnsmasq ended");
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(EndPoint);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

using System.Diagnostics;

namespace Confgen.Conformance.Tests.Proxies;

/// <summary>The installed dnsmasq with the SRV records of a case; all of them name one host, which is this machine.</summary>
internal static class NameServer
{
    private const string Host = "server.test";

    private static readonly string? _program = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(':')
        .Append("/usr/sbin")
        .Append("/usr/local/sbin")
        .Select(folder => Path.Combine(folder, "dnsmasq"))
        .FirstOrDefault(File.Exists);

    /// <summary>Why none can be had here, or null.</summary>
    public static string? Missing => _program is null ? "dnsmasq is not installed here" : null;

    /// <summary>Starts one.</summary>
    /// <param name="records">The records, as <c>_api._tcp.test 10 1 8080</c>: the name, its priority, weight and port.</param>
    /// <param name="port">Where it answers.</param>
    /// <param name="stop">The ceiling.</param>
    public static Task<ProxyProcess> StartAsync(IReadOnlyList<string> records, int port, CancellationToken stop)
    {
        IEnumerable<string> services = records.Select(r => r.Split(' ')).Select(r => $"--srv-host={r[0]},{Host},{r[3]},{r[1]},{r[2]}");
        return ProxyProcess.StartAsync(
            new ProcessStartInfo(
                _program ?? "dnsmasq",
                [
                    "--no-daemon",
                    "--conf-file=/dev/null",
                    "--no-resolv",
                    "--no-hosts",
                    "--bind-interfaces",
                    "--local=/test/",
                    "--listen-address=127.0.0.1",
                    $"--port={port}",
                    "--user=",
                    "--pid-file=",
                    $"--host-record={Host},127.0.0.1",
                    .. services,
                ]
            ),
            [port],
            stop
        );
    }
}

using System.Diagnostics;
using System.Globalization;

namespace Confgen.Conformance.Tests.Proxies;

/// <summary>The installed PHP-FPM, as an ordinary user may start it, with one pool at a unix socket and one at a port.</summary>
internal static class PhpServer
{
    private static readonly string[] _names = ["php-fpm8.2", "php-fpm8.4", "php-fpm"];

    private static readonly string? _program = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(':')
        .Append("/usr/sbin")
        .Append("/usr/local/sbin")
        .SelectMany(folder => _names.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    /// <summary>Why none can be had here, or null.</summary>
    public static string? Missing => _program is null ? "php-fpm is not installed here" : null;

    /// <summary>Starts one.</summary>
    /// <param name="folder">Where its configuration goes.</param>
    /// <param name="socket">Where it listens.</param>
    /// <param name="port">Where it listens, too.</param>
    /// <param name="stop">The ceiling.</param>
    public static async Task<ProxyProcess> StartAsync(string folder, string socket, int port, CancellationToken stop)
    {
        bool isRoot = Environment.IsPrivilegedProcess;
        string common =
            "pm = static\npm.max_children = 3\nsecurity.limit_extensions = .php .phtml\ncatch_workers_output = yes\n"
            + (isRoot ? "user = root\n" : "");
        string file = Path.Combine(folder, "php-fpm.conf");
        await File.WriteAllTextAsync(
            file,
            "[global]\nerror_log = /dev/stderr\ndaemonize = no\n"
                + $"[socket]\nlisten = {socket}\nlisten.mode = 0666\n{common}"
                + string.Create(CultureInfo.InvariantCulture, $"[port]\nlisten = 127.0.0.1:{port}\n{common}"),
            stop
        );
        return await ProxyProcess.StartAsync(
            new ProcessStartInfo(_program ?? _names[0], [.. isRoot ? ["-R"] : (string[])[], "-F", "-n", "-y", file]),
            [port],
            stop
        );
    }
}

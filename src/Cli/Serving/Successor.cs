using System.ComponentModel;
using System.Diagnostics;

namespace Confgen.Cli.Serving;

/// <summary>Starts the process that serves in this one's place: the same call, with the program as its file is now.</summary>
internal static class Successor
{
    /// <summary>Starts it; null, or why that can't be. What it says goes where this process' messages go.</summary>
    public static string? Start()
    {
        try
        {
            string call = File.ReadAllText("/proc/self/cmdline");
            string[] arguments = call[..^1].Split('\0');

            // By the path of the call, which may be a link to the new release by now, rather than by the file that this process was made
            // of.
            string program = arguments[0].Contains('/', StringComparison.Ordinal) ? arguments[0] : Environment.ProcessPath ?? arguments[0];
            using Process? process = Process.Start(new ProcessStartInfo(program, arguments[1..]) { UseShellExecute = false });
            return process is null ? $"{program} doesn't start" : null;
        }
        catch (Exception e) when (e is Win32Exception or IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }
}

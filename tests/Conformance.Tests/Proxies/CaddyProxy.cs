using System.Diagnostics;
using System.Text.RegularExpressions;
using Confgen.Compiler.Rendering;

namespace Confgen.Conformance.Tests.Proxies;

/// <summary>The installed Caddy.</summary>
internal sealed class CaddyProxy() : RenderedProxy("caddy", "version")
{
    protected override ProcessStartInfo Command(string program, IReadOnlyList<RenderedFile> files, Place place)
    {
        string folder = place.Folder;
        string config = Path.Combine(folder, files[0].Path);
        File.WriteAllText(config, WithAdmin(File.ReadAllText(config), place.AdminPort is { } port ? $"127.0.0.1:{port}" : "off"));
        var start = new ProcessStartInfo(program, ["run", "--adapter", "caddyfile", "--config", config]);
        string home = Path.Combine(folder, "home");
        start.Environment["HOME"] = home;
        start.Environment["XDG_DATA_HOME"] = home;
        start.Environment["XDG_CONFIG_HOME"] = home;
        return start;
    }

    protected override async Task ReloadAsync(ProcessStartInfo start, int process, CancellationToken stop)
    {
        var told = new ProcessStartInfo(start.FileName, ["reload", .. start.ArgumentList.Skip(1)]) { RedirectStandardError = true, UseShellExecute = false };
        using Process reload = Process.Start(told) ?? throw new InvalidOperationException($"{start.FileName} can't be started");
        string said = await reload.StandardError.ReadToEndAsync(stop);
        await reload.WaitForExitAsync(stop);
        if (reload.ExitCode != 0)
        {
            throw new ProxyFailedException(said);
        }
    }

    protected override string Asking(string dnsServer, string text) =>
        Regex.Replace(text, @"(dynamic srv \S+|transport http) \{", $"$0\nresolvers {dnsServer}");

    // Several run at once, and the admin endpoint has a fixed port unless the configuration says otherwise.
    private static string WithAdmin(string text, string admin)
    {
        string[] lines = text.Split('\n');
        int first = Array.FindIndex(lines, l => l.Length > 0 && l[0] != '#');
        if (lines.Any(l => l.TrimStart().StartsWith("admin ", StringComparison.Ordinal)))
        {
            return text;
        }

        return first >= 0 && lines[first].TrimEnd() == "{"
            ? string.Join('\n', [.. lines[..(first + 1)], $"\tadmin {admin}", .. lines[(first + 1)..]])
            : $"{{\n\tadmin {admin}\n}}\n{text}";
    }
}

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
        foreach (RenderedFile file in files)
        {
            string path = Path.Combine(folder, file.Path);
            File.WriteAllText(
                path,
                WithAdmin(File.ReadAllText(path), file == files[0], place.AdminPort is { } port ? $"127.0.0.1:{port}" : "off")
            );
        }

        var start = new ProcessStartInfo(program, ["run", "--adapter", "caddyfile", "--config", config]);
        string home = Path.Combine(folder, "home");
        start.Environment["HOME"] = home;
        start.Environment["XDG_DATA_HOME"] = home;
        start.Environment["XDG_CONFIG_HOME"] = home;
        return start;
    }

    protected override async Task ReloadAsync(ProcessStartInfo start, int process, CancellationToken stop)
    {
        var told = new ProcessStartInfo(start.FileName, ["reload", .. start.ArgumentList.Skip(1)])
        {
            RedirectStandardError = true,
            UseShellExecute = false,
        };
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

    // Several run at once, and the admin endpoint has a fixed port unless the configuration says otherwise. The global options are a block
    // of the main file, or in a snippet that it imports.
    private static string WithAdmin(string text, bool isMain, string admin)
    {
        if (Regex.IsMatch(text, @"^\tadmin ", RegexOptions.Multiline))
        {
            return text;
        }

        text = Regex.Replace(
            text,
            @"^\(https?_(?:options|server)\) \{\n(?:\t#.*\n)*\t\{\n",
            $"$0\t\tadmin {admin}\n",
            RegexOptions.Multiline
        );
        int block = ("\n" + text).IndexOf("\n{\n", StringComparison.Ordinal);
        return !isMain || Regex.IsMatch(text, @"^import https?_(?:options|server)\b", RegexOptions.Multiline) ? text
            : block >= 0 ? text.Insert(block + 2, $"\tadmin {admin}\n")
            : $"{{\n\tadmin {admin}\n}}\n{text}";
    }
}

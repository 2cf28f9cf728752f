using System.Diagnostics;
using Confgen.Compiler.Rendering;

namespace Confgen.Conformance.Tests.Proxies;

/// <summary>The installed nginx.</summary>
internal sealed class NginxProxy() : RenderedProxy("nginx", "-v")
{
    // Where Debian keeps what `load_module modules/...` names.
    private const string Modules = "/usr/lib/nginx/modules";

    protected override ProcessStartInfo Command(string program, IReadOnlyList<RenderedFile> files, Place place)
    {
        string folder = place.Folder;
        string modules = Path.Combine(folder, "modules");
        if (Directory.Exists(Modules) && !Path.Exists(modules))
        {
            File.CreateSymbolicLink(modules, Modules);
        }

        // What the configuration says itself can't be said again.
        string main = files[0].Text;
        string globals = place.AdminPort is null ? "daemon off; master_process off;" : "daemon off;";
        globals +=
            place.AdminPort is null || Environment.UserName != "root" || main.Contains("\nuser ", StringComparison.Ordinal)
                ? ""
                : " user root;";
        globals += main.Contains("\npid ", StringComparison.Ordinal) ? "" : $" pid {folder}/nginx.pid;";
        return new ProcessStartInfo(program, ["-p", folder, "-c", Path.Combine(folder, files[0].Path), "-e", "stderr", "-g", globals]);
    }
}

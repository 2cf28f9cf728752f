using System.Text.RegularExpressions;
using Confgen.Compiler.Rendering;
using Confgen.Targets.Tests.Nginx;

namespace Confgen.Targets.Tests.Snapshots.RealPrograms;

/// <summary><c>nginx -t</c>.</summary>
internal sealed partial class NginxProgram : IRealProgram
{
    public string Target => "nginx";

    public bool IsHere(ITestOutputHelper output) => RealNginx.IsHere(output);

    public bool Reads(TargetVersion version) =>
        RealNginx.Version is not { } installed
        || TargetVersion.TryParse(installed.ToString(), out TargetVersion real)
            && (version.Major, version.Minor).CompareTo((real.Major, real.Minor)) <= 0;

    // Where Debian keeps what `load_module modules/...` names.
    private const string Modules = "/usr/lib/nginx/modules";

    public string Check(string folder)
    {
        if (Directory.Exists(Modules))
        {
            File.CreateSymbolicLink(Path.Combine(folder, "modules"), Modules);
        }

        foreach (string file in Directory.GetFiles(folder, "*.conf", SearchOption.AllDirectories))
        {
            // Names are resolved at the start: whether this machine knows them says nothing of the configuration.
            string text = NamedServer().Replace(File.ReadAllText(file), "$1 127.0.0.1");
            text = NamedPass().Replace(text, "$1//127.0.0.1");
            if (!Environment.IsPrivilegedProcess)
            {
                // The test opens the listeners.
                text = PrivilegedPort().Replace(text, "${1}20$2");
            }

            File.WriteAllText(file, text);
        }

        return RealNginx.Test(folder, Path.Combine(folder, "nginx.conf"));
    }

    [GeneratedRegex(@"(?m)^(\s*server)\s+(?!unix:|localhost\b)[A-Za-z][A-Za-z0-9.-]*(?=[:;\s])(?=[^{]*$)")]
    private static partial Regex NamedServer();

    [GeneratedRegex(@"(?m)^(\s*(?:proxy|grpc)_pass\s+[a-z]+:)//[A-Za-z][A-Za-z0-9-]*\.[A-Za-z0-9.-]+")]
    private static partial Regex NamedPass();

    [GeneratedRegex(@"(?m)^(\s*listen\s+(?:\S*:)?)(\d{1,3})(?=[;\s])")]
    private static partial Regex PrivilegedPort();
}

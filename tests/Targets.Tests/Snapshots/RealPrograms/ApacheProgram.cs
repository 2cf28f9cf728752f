using System.Text.RegularExpressions;
using Confgen.Compiler.Rendering;
using Confgen.Targets.Tests.Apache;

namespace Confgen.Targets.Tests.Snapshots.RealPrograms;

/// <summary><c>apache2 -t</c>.</summary>
internal sealed partial class ApacheProgram : IRealProgram
{
    public string Target => "apache";

    public bool IsHere(ITestOutputHelper output) => RealApache.IsHere(output);

    public bool Reads(TargetVersion version) => (version.Major, version.Minor) == (2, 4);

    public string Check(string folder)
    {
        // Modules, users and authorities of another system aren't here.
        string text = File.ReadAllText(Path.Combine(folder, "apache2.conf"));
        if (Modules().Matches(text).Any(module => !File.Exists(module.Groups["file"].Value)))
        {
            return "";
        }

        // The certificates and keys of the examples are on other machines.
        string file = Path.Combine(folder, "apache2.conf");
        File.WriteAllText(file, Certificates().Replace(text, "# $0"));
        return RealApache.Test(folder);
    }

    [GeneratedRegex(
        "^ *SSL(?:Proxy)?(?:Engine|CertificateFile|CertificateKeyFile|CACertificateFile|MachineCertificateFile|VerifyClient) ",
        RegexOptions.Multiline,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Certificates();

    [GeneratedRegex(
        "^LoadModule \\w+ (?<file>/\\S+)",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex Modules();
}

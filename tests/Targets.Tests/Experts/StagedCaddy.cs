using System.Globalization;
using System.Text.RegularExpressions;
using Confgen.Compiler.Rendering;
using Confgen.Targets.Caddy;
using Confgen.Targets.Tests.Caddy;
using Confgen.Targets.Tests.V2Ray;

namespace Confgen.Targets.Tests.Experts;

/// <summary>The installed Caddy.</summary>
internal sealed partial class StagedCaddy : StagedProgram
{
    protected override IEnumerable<int> PortsOf(string text)
    {
        int[] named =
        [
            .. Lines(text)
                .Where(IsOutermost)
                .SelectMany(line => Address().Matches(line).Select(match => match.Value))
                .Select(address =>
                    Port().Match(address) is { Success: true } port ? int.Parse(port.ValueSpan, CultureInfo.InvariantCulture)
                    : address.StartsWith("http://", StringComparison.Ordinal) ? 80
                    : 443
                ),
        ];

        // Plain requests for a site with TLS are redirected.
        return named.Contains(443) ? [.. named, 80] : named;
    }

    protected override string Staged(string text, (string File, string Key) certificate)
    {
        string staged = string.Join('\n', Lines(text).Select(line => IsOutermost(line) ? Port().Replace(line, PortOf) : Upstreams(line)));
        staged = KeyFile().Replace(staged, certificate.Key);
        return CertificateFile().Replace(staged, certificate.File);
    }

    protected override RunningProgram Run(string folder, string text)
    {
        var file = new RenderedFile("Caddyfile", text);
        string quiet = new CaddyProgram().Serve(folder, [file]).Files[0].Text;
        string path = Path.Combine(folder, file.Path);
        File.WriteAllText(
            path,
            AdminOff().Replace(quiet, $"$0\nhttp_port {Ports.GetValueOrDefault(80, 80)}\nhttps_port {Ports.GetValueOrDefault(443, 443)}")
        );
        return new RunningProgram(RealCaddy.Start(path, folder, "run"));
    }

    private static string[] Lines(string text) => text.Split('\n');

    // Addresses of sites, and imports that are given some.
    private static bool IsOutermost(string line) => line.Length > 0 && line[0] is not ('\t' or '#' or '{' or '(' or '}');

    private string PortOf(Match port) =>
        Ports[int.Parse(port.ValueSpan, CultureInfo.InvariantCulture)].ToString(CultureInfo.InvariantCulture);

    // The servers of one line are one service: which of them gets a request is not compared.
    private string Upstreams(string line)
    {
        string first = Upstream().Match(line).Value;
        return first.Length == 0 ? line : Upstream().Replace(line, $"127.0.0.1:{ServiceOf(first)}");
    }

    [GeneratedRegex(@"https?://[^\s,]*|(?<![\w./-])[\w.-]+\.(?:com|test)(?::[0-9]+)?(?=[\s,])")]
    private static partial Regex Address();

    [GeneratedRegex("(?<=:)[0-9]+\\b")]
    private static partial Regex Port();

    [GeneratedRegex(@"127\.0\.0\.1:[0-9]+|unix//\S+")]
    private static partial Regex Upstream();

    [GeneratedRegex(@"/etc/\S+?(?:privkey\.pem|\.key)\b")]
    private static partial Regex KeyFile();

    [GeneratedRegex(@"/etc/\S+?\.pem\b")]
    private static partial Regex CertificateFile();

    [GeneratedRegex("(?m)^\\t+admin off$")]
    private static partial Regex AdminOff();
}

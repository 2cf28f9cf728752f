using System.Globalization;
using System.Text.RegularExpressions;
using Confgen.Targets.Tests.Nginx;
using Confgen.Targets.Tests.V2Ray;

namespace Confgen.Targets.Tests.Experts;

/// <summary>The installed nginx.</summary>
internal sealed partial class StagedNginx : StagedProgram
{
    protected override IEnumerable<int> PortsOf(string text) => Listen().Matches(text).Select(PortOf);

    protected override string Staged(string text, (string File, string Key) certificate)
    {
        text = Ipv6().Replace(text, "");
        text = Listen().Replace(text, match => $"listen 127.0.0.1:{Ports[PortOf(match)]}");
        text = Block()
            .Replace(
                text,
                block =>
                {
                    string first = Server().Match(block.Value).Groups["address"].Value;
                    return Server().Replace(block.Value, $"server 127.0.0.1:{ServiceOf(first)}");
                }
            );
        text = CertificateFile().Replace(text, certificate.File);
        text = KeyFile().Replace(text, certificate.Key);
        return Log().Replace(text, "access_log off");
    }

    protected override RunningProgram Run(string folder, string text)
    {
        string file = Path.Combine(folder, "nginx.conf");
        File.WriteAllText(file, text);
        return new RunningProgram(
            RealNginx.Path ?? "",
            "-e",
            "stderr",
            "-p",
            folder,
            "-c",
            file,
            "-g",
            $"daemon off; master_process off; pid {file}.pid;"
        );
    }

    private static int PortOf(Match listen) => int.Parse(listen.Groups["port"].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"listen (?<port>\d+)\b")]
    private static partial Regex Listen();

    [GeneratedRegex(@"(?m)^\s*listen \[::\]:.*$")]
    private static partial Regex Ipv6();

    [GeneratedRegex(@"(?ms)^\s*upstream \S+ \{.*?^\s*\}")]
    private static partial Regex Block();

    [GeneratedRegex(@"\bserver (?<address>[^\s;]+)")]
    private static partial Regex Server();

    [GeneratedRegex(@"(?<=ssl_certificate )[^;]+")]
    private static partial Regex CertificateFile();

    [GeneratedRegex(@"(?<=ssl_certificate_key )[^;]+")]
    private static partial Regex KeyFile();

    [GeneratedRegex(@"access_log [^;]+")]
    private static partial Regex Log();
}

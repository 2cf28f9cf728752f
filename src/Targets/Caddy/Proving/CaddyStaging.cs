using System.Globalization;
using System.Text;
using Confgen.Compiler.Rendering;
using Confgen.Targets.Caddy.Reading;
using Confgen.Targets.Caddy.Syntax;
using Confgen.Targets.Importing;
using Confgen.Targets.Importing.Proving;

namespace Confgen.Targets.Caddy.Proving;

/// <summary>
/// Makes a copy of a Caddyfile, with its imports in their places, that runs on this machine: on free ports of the loopback, with mocks in
/// place of its servers and a certificate made for the occasion. What decides on a request stays as written.
/// </summary>
internal sealed class CaddyStaging(ImportRequest request, IStagingPlaces places)
{
    // What runs the program, and not what it serves; or what needs another machine.
    private static readonly string[] _goneOptions =
    [
        "admin",
        "email",
        "debug",
        "log",
        "storage",
        "acme_ca",
        "acme_ca_root",
        "acme_dns",
        "acme_eab",
        "cert_issuer",
        "on_demand_tls",
        "ech",
        "http_port",
        "https_port",
        "auto_https",
        "default_bind",
        "local_certs",
        "key_type",
        "pki",
        "dns",
        "skip_install_trust",
        "persist_config",
        "ocsp_stapling",
        "ocsp_interval",
        "renew_interval",
        "metrics",
        "events",
        "grace_period",
        "shutdown_delay",
    ];

    private static readonly string[] _goneServerOptions =
    [
        "listener_wrappers",
        "packet_conn_wrappers",
        "protocols",
        "metrics",
        "trace",
        "name",
    ];

    private readonly GlobalOptions _options = new();

    // Whether the directive under way runs scripts, and whether any does.
    private bool _runs;
    private bool _hasScripts;

    public StagedOriginal Stage()
    {
        List<SourceLine> top = new SourceTree(request, new ImportLedger()).Read();
        _hasScripts = top.SelectMany(l => l.All).Any(l => l.Name == "php_fastcgi" || l is { Name: "transport", First: "fastcgi" });
        var spec = new Importing.Output.OutputMap();
        foreach (SourceLine block in top.Where(l => l.Kind == CaddyNodeKind.GlobalOptions))
        {
            _options.Read(block, spec);
        }

        var text = new StringBuilder();
        Options(top, text);
        var paths = new List<NamedPath>();
        foreach (SourceLine line in top.Where(l => l.Kind is CaddyNodeKind.Site or CaddyNodeKind.NamedRoute))
        {
            if (line.Kind == CaddyNodeKind.NamedRoute)
            {
                Write(line, text, 0);
            }
            else
            {
                Site(line, text, paths);
            }
        }

        return new StagedOriginal([new RenderedFile("Caddyfile", text.ToString())], paths, []);
    }

    private void Options(List<SourceLine> top, StringBuilder text)
    {
        string redirects = _options.AutoHttps == "disable_redirects" || _options.AutoHttps == "off" ? "off" : "disable_certs";
        text.Append("{\n\tadmin off\n\tdefault_bind 127.0.0.1\n");
        text.Append(CultureInfo.InvariantCulture, $"\tauto_https {redirects}\n");

        // A port that no site has isn't opened.
        bool[] areSecure =
        [
            .. top.Where(l => l.Kind == CaddyNodeKind.Site)
                .SelectMany(l => l.Words)
                .Select(w => SiteAddress.Read(w.Text, _options, out _))
                .OfType<SiteAddress>()
                .Select(a => a.HasTls),
        ];
        if (areSecure.Contains(false) || redirects != "off")
        {
            text.Append(CultureInfo.InvariantCulture, $"\thttp_port {places.Port(Number(_options.HttpPort, 80))}\n");
        }

        if (areSecure.Contains(true))
        {
            text.Append(CultureInfo.InvariantCulture, $"\thttps_port {places.Port(Number(_options.HttpsPort, 443))}\n");
        }

        foreach (
            SourceLine option in top.Where(l => l.Kind == CaddyNodeKind.GlobalOptions)
                .SelectMany(l => l.Block)
                .Where(o => !_goneOptions.Contains(o.Name))
        )
        {
            Write(option, text, 1);
        }

        text.Append("}\n");
    }

    private void Site(SourceLine line, StringBuilder text, List<NamedPath> paths)
    {
        var addresses = new List<string>();
        bool hasTls = false;
        foreach (SourceWord word in line.Words)
        {
            if (SiteAddress.Read(word.Text, _options, out _) is not { } address)
            {
                continue;
            }

            int port = Number(EnvironmentMarks.WithDefaults(address.Port), address.HasTls ? 443 : 80);
            string host = EnvironmentMarks.WithDefaults(address.Host);
            host = host.Length == 0 ? "named.test" : host;
            addresses.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{(address.HasTls ? "https" : "http")}://{(host == "_" ? "" : host)}:{places.Port(port)}{address.Path}"
                )
            );
            hasTls |= address.HasTls;
            CaddyPaths.Add(line, address.HasTls, host, port, paths);
        }

        if (addresses.Count == 0)
        {
            return;
        }

        text.Append(string.Join(", ", addresses)).Append(" {\n");
        if (hasTls)
        {
            text.Append("\ttls ").Append(places.Certificate).Append(' ').Append(places.Key).Append('\n');
        }

        foreach (SourceLine directive in line.Block.Where(l => l.Name is not ("tls" or "log" or "bind")))
        {
            Write(directive, text, 1);
        }

        text.Append("}\n");
    }

    private void Write(SourceLine line, StringBuilder text, int depth)
    {
        string[] words = [.. line.Words.Select(w => EnvironmentMarks.WithDefaults(w.Text))];
        bool[] isQuoted = [.. line.Words.Select(w => w.IsQuoted)];
        switch (line.Name)
        {
            case "reverse_proxy" or "forward_auth" or "to" or "php_fastcgi":
                _runs =
                    line.Name == "php_fastcgi"
                    || (line.Name == "to" ? _runs : line.Block.Exists(l => l is { Name: "transport", First: "fastcgi" }));
                Servers(words);
                break;
            case "root" when _hasScripts && words.Length > 1 && !words[^1].Contains('{', StringComparison.Ordinal):
                words[^1] = places.Directory(words[^1]);
                break;
            case "remote_ip" or "client_ip":
                words = [words[0], .. words.Skip(1).SelectMany(Clients)];
                break;
            case "trusted_proxies" when words.Contains("static"):
                words = ["trusted_proxies", "static", .. words.Skip(2).SelectMany(Clients)];
                break;
            case ['@', ..] or "not" when Array.FindIndex(words, w => w is "remote_ip" or "client_ip") is > 0 and var at:
                words = [.. words.Take(at + 1), .. words.Skip(at + 1).SelectMany(Clients)];
                break;
            case var name
                when name.StartsWith("health_", StringComparison.Ordinal)
                    || (name.StartsWith("tls", StringComparison.Ordinal) && depth > 1)
                    || (name is "versions" or "proxy_protocol" or "resolvers" && depth > 1)
                    || _goneServerOptions.Contains(name):
                return;
        }

        text.Append('\t', depth);
        for (int i = 0; i < words.Length; i++)
        {
            text.Append(i == 0 ? "" : " ").Append(Token(words[i], i < isQuoted.Length && isQuoted[i]));
        }

        if (line.HasBlock)
        {
            text.Append(" {\n");
            foreach (SourceLine inner in line.Block)
            {
                Write(inner, text, depth + 1);
            }

            text.Append('\t', depth).Append('}');
        }

        text.Append('\n');
    }

    // An expression is told by its quotes.
    private static string Token(string word, bool isQuoted) =>
        isQuoted && !word.Contains('`', StringComparison.Ordinal) ? "`" + word + "`"
        : CaddyTokenText.Of(word).TryGet(out string? token, out _) ? token
        : "\"\"";

    private void Servers(string[] words)
    {
        for (int i = 1; i < words.Length; i++)
        {
            string word = words[i];
            bool isMatcher = i == 1 && (word.StartsWith('/') || word.StartsWith('@') || word == "*") && words[0] != "to";
            if (isMatcher || Reading.Actions.ServerUrl.Of(word, out _) is not [var url])
            {
                continue;
            }

            if (url.StartsWith("unix:", StringComparison.Ordinal))
            {
                words[i] = _runs ? places.Script(url, 0) : places.Server(url, 0);
                continue;
            }

            int scheme = url.IndexOf("://", StringComparison.Ordinal);
            string authority = url[(scheme + 3)..];
            int colon = authority.LastIndexOf(':') > authority.LastIndexOf(']') ? authority.LastIndexOf(':') : -1;
            int usual = url.StartsWith("https", StringComparison.Ordinal) ? 443 : 80;
            string host = colon < 0 ? authority : authority[..colon];
            int port = colon < 0 ? usual : Number(authority[(colon + 1)..], usual);
            words[i] = _runs ? places.Script(host, port) : places.Server(host, port);
        }
    }

    private IEnumerable<string> Clients(string network) =>
        network == "forwarded"
            ? []
            : Reading.Matching.MatcherReader.Networks([network]).SelectMany(places.Clients).Distinct(StringComparer.Ordinal);

    private static int Number(string text, int otherwise) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : otherwise;
}

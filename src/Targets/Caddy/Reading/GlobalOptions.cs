using Confgen.Targets.Caddy.Reading.Matching;
using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Caddy.Reading;

/// <summary>The global options: what holds for all sites.</summary>
internal sealed class GlobalOptions
{
    private static readonly string[] _tuning =
    [
        "admin",
        "debug",
        "log",
        "grace_period",
        "shutdown_delay",
        "storage",
        "storage_check",
        "storage_clean_interval",
        "ocsp_interval",
        "ocsp_stapling",
        "persist_config",
        "skip_install_trust",
        "pki",
        "renew_interval",
        "renewal_window_ratio",
        "cert_lifetime",
        "key_type",
        "metrics",
        "events",
        "preferred_chains",
        "tls_resolvers",
        "dns",
        "default_sni",
        "fallback_sni",
    ];

    private readonly List<SourceLine> _limits = [];

    public string HttpPort { get; private set; } = "80";

    public string HttpsPort { get; private set; } = "443";

    /// <summary>The word of <c>auto_https</c>; empty unless written.</summary>
    public string AutoHttps { get; private set; } = "";

    public bool HasLocalCertificates { get; private set; }

    /// <summary>The addresses of sites without <c>bind</c>.</summary>
    public SourceLine? DefaultBind { get; private set; }

    /// <summary>What says that HTTP/3 is offered, or null.</summary>
    public SourceLine? Http3 { get; private set; }

    public DirectiveOrder Order { get; } = new();

    /// <summary>Reads a block of options.</summary>
    public void Read(SourceLine block, OutputMap spec)
    {
        block.Entry.Imply("what is in it is read");
        foreach (SourceLine line in block.Block)
        {
            Option(line, spec);
        }
    }

    /// <summary>Writes what the options say of every site into one.</summary>
    public void WriteTo(OutputMap site, bool hasTls)
    {
        if (Http3 is { } http3 && hasTls)
        {
            http3.Entry.Say(site.Word("http3", "true"));
        }

        foreach (SourceLine limit in _limits)
        {
            limit.Entry.Say(site.Map("limits").Word("head", Units.Size(limit.First)!));
        }
    }

    private void Option(SourceLine line, OutputMap spec)
    {
        switch (line.Name)
        {
            case var _ when AcmeReader.Global(line, spec):
                break;
            case "http_port":
                HttpPort = EnvironmentMarks.WithDefaults(line.First);
                line.Entry.Imply("sites listen on the ports that they have");
                break;
            case "https_port":
                HttpsPort = EnvironmentMarks.WithDefaults(line.First);
                line.Entry.Imply("sites listen on the ports that they have");
                break;
            case "auto_https":
                AutoHttps = line.First;
                line.Entry.Imply("each site says whether it has TLS, and redirects to it");
                break;
            case "local_certs":
                HasLocalCertificates = true;
                line.Entry.Imply("each site says where its certificate comes from");
                break;
            case "default_bind":
                DefaultBind = line;
                break;
            case "order" when Order.Change(line.Arguments):
                line.Entry.Imply("routes have the order that it gives");
                break;
            case "servers":
                line.Entry.Imply("what is in it is read");
                foreach (SourceLine inner in line.Block)
                {
                    Server(inner, spec);
                }

                break;
            case var name when _tuning.Contains(name):
                line.TuneAll("how Caddy runs, and nothing of what it serves");
                break;
            case "acme_dns" or "cert_issuer" or "on_demand_tls" or "ech":
                line.LoseAll("'tls: auto' gets certificates from an ACME authority, for names that the spec has");
                break;
            default:
                line.LoseAll("a spec has nothing like it");
                break;
        }
    }

    private void Server(SourceLine line, OutputMap spec)
    {
        switch (line.Name)
        {
            case "trusted_proxies" when line.First == "static":
                OutputList list = spec.List("trusted_proxies");
                foreach (string network in MatcherReader.Networks(line.Arguments.Skip(1)))
                {
                    list.Add(new OutputText(network));
                }

                line.Entry.Say(list);
                break;
            case "trusted_proxies_unix":
                line.Entry.Say(spec.List("trusted_proxies").Add(new OutputText("unix")));
                break;
            case "client_ip_headers" when line.Arguments.All(a => a.Equals("X-Forwarded-For", StringComparison.OrdinalIgnoreCase)):
                line.Entry.Imply("the client's address is that of X-Forwarded-For");
                break;
            case "client_ip_headers":
                line.Entry.Lose("the client's address is that of X-Forwarded-For");
                break;
            case "protocols":
                if (line.Arguments.Contains("h3"))
                {
                    Http3 = line;
                }
                else
                {
                    line.Entry.Imply("HTTP/3 is offered where a site says so");
                }

                break;
            case "max_header_size" when Units.Size(line.First) is not null:
                _limits.Add(line);
                break;
            case "trusted_proxies_strict":
                line.Entry.Imply("the client's address is the right-most one that isn't trusted");
                break;
            case "strict_sni_host":
                line.Entry.Imply("a host that is another site's than the name in the handshake gets 421");
                break;
            case "listener_wrappers" or "packet_conn_wrappers":
                line.LoseAll("connections are HTTP or TLS from their first byte");
                break;
            case "timeouts"
            or "keepalive_interval"
            or "keepalive_idle"
            or "keepalive_count"
            or "enable_full_duplex"
            or "log_credentials"
            or "metrics"
            or "trace"
            or "name"
            or "0rtt"
            or "protocol":
                line.TuneAll("how Caddy runs its connections");
                break;
            default:
                line.LoseAll("a spec has nothing like it");
                break;
        }
    }
}

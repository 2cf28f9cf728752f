using Confgen.Targets.Caddy.Building;
using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Caddy.Reading;

/// <summary>Reads <c>tls</c>, and what Caddy does without it.</summary>
internal static class TlsReader
{
    public static void Read(IReadOnlyList<SourceLine> directives, SiteAddress address, OutputMap site, OutputMap spec)
    {
        var tls = new OutputMap();
        string? from = null;
        foreach (SourceLine line in directives)
        {
            from = Line(line, tls, spec) ?? from;
        }

        if (tls["cert"] is null)
        {
            tls.Set("from", new OutputText(from ?? (address.IsLocal ? "internal" : "auto"), isWord: true));
        }

        tls.Sort(["cert", "key", "from"]);
        OutputNode place;
        if (tls.Entries is [("from", OutputText only)])
        {
            place = site.Set("tls", new OutputText(only.Text, isWord: true));
            tls.ReplaceBy(place);
        }
        else
        {
            place = site.Set("tls", tls);
        }

        foreach (SourceLine line in directives)
        {
            line.Entry.Say(place);
        }
    }

    // Where the certificate comes from, where the line says so.
    private static string? Line(SourceLine line, OutputMap tls, OutputMap spec)
    {
        string? from = null;
        switch (line.Arguments)
        {
            case ["internal"]:
                from = "internal";
                break;
            case ["force_automate"]:
                from = "auto";
                break;
            case [var cert, var key]:
                tls.Set("cert", cert);
                tls.Set("key", key);
                break;
            case [var email] when email.Contains('@', StringComparison.Ordinal) || EnvironmentMarks.IsIn(email):
                AcmeReader.Account(line, spec, email);
                break;
        }

        foreach (SourceLine inner in line.Block)
        {
            from = Option(inner, tls, spec) ?? from;
        }

        return from;
    }

    private static string? Option(SourceLine line, OutputMap tls, OutputMap spec)
    {
        switch (line.Name)
        {
            case "protocols" when line.First is "tls1.2" or "tls1.3":
                line.Entry.Say(
                    tls.Word("min_version", line.First[3..]),
                    line.Arguments.Count > 1 && line.Arguments[1] != "tls1.3" ? "TLS 1.3 is always offered" : null
                );
                break;
            case "ciphers" when line.Arguments.Select(CipherSuites.OpenSslName).ToArray() is var names && !names.Contains(null):
                line.Entry.Say(tls.Set("ciphers", new OutputList(names.Select(n => new OutputText(n!)))));
                break;
            case "client_auth":
                ClientCertificates(line, tls);
                break;
            case "issuer" when line.First == "internal":
                line.ImplyAll("the certificate comes from a local authority");
                return "internal";
            case var name when AcmeReader.Option(line, spec):
                return name == "issuer" ? "auto" : null;
            case "key_type" or "reuse_private_keys" or "renewal_window_ratio" or "insecure_secrets_log":
                line.TuneAll("how Caddy gets its certificates");
                break;
            case "dns" or "dns_ttl" or "propagation_delay" or "propagation_timeout" or "dns_challenge_override_domain" or "resolvers":
                line.LoseAll("ACME proves a name by HTTP or TLS; for a wildcard write the files of a certificate");
                break;
            default:
                line.LoseAll($"'tls' has nothing for '{line.Name}'");
                break;
        }

        return null;
    }

    private static void ClientCertificates(SourceLine line, OutputMap tls)
    {
        string mode = line.Block.Find(l => l.Name == "mode")?.First ?? "require_and_verify";
        SourceLine? authority = line.Block.Find(l =>
            l is { Name: "trusted_ca_cert_file", Arguments.Count: 1 } or { Name: "trust_pool", Arguments: ["file", _] or ["file"] }
        );
        string? file = authority?.Arguments is ["file"] ? authority.Block.Find(l => l.Name == "pem_file")?.First : authority?.Arguments[^1];
        if (mode != "require_and_verify" || file is null)
        {
            line.LoseAll("clients need a certificate of one file of authorities, or none");
            return;
        }

        OutputText place = tls.Set("client_ca", file);
        foreach (SourceLine said in line.All.Where(l => l == line || l == authority || l.Name is "mode" or "pem_file"))
        {
            said.Entry.Say(place);
        }

        line.LoseAll("clients need a certificate of one file of authorities, or none");
    }
}

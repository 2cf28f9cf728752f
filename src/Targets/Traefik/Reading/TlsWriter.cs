using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Traefik.Reading;

/// <summary>Writes the TLS of a site.</summary>
internal sealed class TlsWriter(Configuration configuration)
{
    /// <summary>Writes where the certificate comes from, and what is offered.</summary>
    public void Write(OutputMap site, IReadOnlyList<string> hosts, IReadOnlyList<RouterSource> routers, EntryPoint entry)
    {
        SourceKey[] all = [.. routers.Select(static router => router.Key["tls"]).Append(entry.Key?["http.tls"]).OfType<SourceKey>()];
        SourceKey? options = all.Select(static tls => tls["options"]).FirstOrDefault(static name => name is not null);
        SourceKey? settings = configuration.Root["tls.options"]?[Configuration.Local(options?.Value ?? "default")];
        var map = new OutputMap();
        string kind = "internal";
        SourceKey? resolver = all.Select(static tls => tls["certResolver"]).FirstOrDefault(static name => name is not null);
        if (resolver is not null)
        {
            kind = "auto";
        }
        else if (Certificate(hosts[0]) is { } certificate)
        {
            kind = "";
            certificate["certFile"]?.Say(map.Set("cert", certificate["certFile"]?.Value ?? ""));
            certificate["keyFile"]?.Say(map.Set("key", certificate["keyFile"]?.Value ?? ""));
        }

        Options(settings, map, site);
        OutputNode place = kind.Length > 0 && map.Entries.Count == 0 ? site.Word("tls", kind) : site.Set("tls", map);
        if (kind.Length > 0 && map.Entries.Count > 0)
        {
            map.Word("from", kind);
            map.Sort(["from"]);
        }

        options?.Say(place);
        foreach (SourceKey tls in all)
        {
            tls["certResolver"]?.Say(place);
            tls["domains"]?.Imply("the names are those of the sites");
            if (tls.Keys.Count == 0)
            {
                tls.Say(place, kind == "internal" ? "no certificate is named: Traefik's own is one that it makes itself" : null);
            }
        }
    }

    // The certificate that is for the host, by its file's name; the only one, or the default one, else.
    private SourceKey? Certificate(string host)
    {
        SourceKey[] all = [.. configuration.Root["tls.certificates"]?.Keys ?? []];
        string parent = host.Contains('.', StringComparison.Ordinal) ? host[(host.IndexOf('.', StringComparison.Ordinal) + 1)..] : host;
        SourceKey? named =
            Array.Find(all, key => key["certFile"]?.Value?.Contains(host.TrimStart('*', '.'), StringComparison.OrdinalIgnoreCase) == true)
            ?? Array.Find(all, key => key["certFile"]?.Value?.Contains(parent, StringComparison.OrdinalIgnoreCase) == true);
        SourceKey? chosen = named ?? configuration.Root["tls.stores.default.defaultCertificate"] ?? all.FirstOrDefault();
        if (named is null && all.Length > 1)
        {
            chosen?["certFile"]?.Lose($"which of several files is for {host} isn't known here");
        }

        return chosen;
    }

    private static void Options(SourceKey? options, OutputMap tls, OutputMap site)
    {
        if (options is null)
        {
            return;
        }

        if (options["minVersion"] is { } version)
        {
            if (version.Value == "VersionTLS13")
            {
                version.Say(tls.Set("min_version", "1.3"));
            }
            else if (version.Value == "VersionTLS12")
            {
                version.Imply("1.2 is the lowest version offered");
            }
            else
            {
                version.Lose("1.2 is the lowest version of a spec");
            }
        }

        if (options["cipherSuites"] is { Values.Count: > 0 } suites)
        {
            string[] names =
            [
                .. suites
                    .Values.Where(static s =>
                        s.StartsWith("TLS_ECDHE_", StringComparison.Ordinal) && !s.Contains("_CBC_", StringComparison.Ordinal)
                    )
                    .Select(static s =>
                        s["TLS_".Length..]
                            .Replace("_WITH_", "-", StringComparison.Ordinal)
                            .Replace("AES_", "AES", StringComparison.Ordinal)
                            .Replace("POLY1305_SHA256", "POLY1305", StringComparison.Ordinal)
                            .Replace('_', '-')
                    ),
            ];
            if (names.Length > 0)
            {
                suites.Say(tls.Set("ciphers", new OutputList(names.Select(static n => new OutputText(n)))), "those that a spec has");
            }
            else
            {
                suites.Imply("the suites of TLS 1.3 are always offered");
            }
        }

        if (options["clientAuth"] is { } clients)
        {
            bool isRequired = clients["clientAuthType"]?.Value == "RequireAndVerifyClientCert";
            if (isRequired && clients["caFiles"]?.Values is [var ca, ..])
            {
                clients.Say(tls.Set("client_ca", ca));
            }
            else
            {
                clients.Lose("a spec asks for certificates of clients always, by tls.client_ca, or never");
            }
        }

        if (options["alpnProtocols"] is { } protocols)
        {
            if (protocols.Values.Contains("h2"))
            {
                protocols.Imply("HTTP/2 is offered");
            }
            else
            {
                protocols.Say(site.Word("http2", "false"));
            }
        }

        options["sniStrict"]?.Imply("hosts that no site has are not served");
        options["curvePreferences"]?.Tune("the program's own curves are used");
        options["preferServerCipherSuites"]?.Tune("Traefik doesn't use it any more");
        options["maxVersion"]?.Lose("a spec offers the newest version");
    }
}

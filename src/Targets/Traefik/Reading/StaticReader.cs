using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Traefik.Reading;

/// <summary>Reads what of the static configuration is for the whole spec, and settles what runs Traefik.</summary>
internal static class StaticReader
{
    private const string Program = "what runs Traefik, and not what it serves";

    /// <summary>Writes what is for the whole spec.</summary>
    public static void Write(Configuration configuration, OutputMap spec, IEnumerable<OutputMap> sites)
    {
        SourceKey root = configuration.Root;
        foreach (EntryPoint entry in configuration.EntryPoints)
        {
            Trusted(entry, spec);
            entry.Key?["proxyProtocol"]?.Lose("a spec's listeners don't read the PROXY protocol");
        }

        SourceKey[] resolvers = [.. root["certificatesResolvers"]?.Keys ?? []];
        bool isUsed = sites.Any(static site => site["tls"]?.Canonical.Contains("auto", StringComparison.Ordinal) == true);
        foreach (SourceKey resolver in resolvers)
        {
            Acme(resolver, spec, isUsed && resolver == resolvers[0]);
        }

        if (root["accessLog"] is { IsFalse: false } log)
        {
            foreach (OutputMap site in sites)
            {
                Log(log, site);
            }
        }
    }

    /// <summary>Settles what is left.</summary>
    public static void Settle(Configuration configuration, IEnumerable<LabelledService> services)
    {
        SourceKey root = configuration.Root;
        foreach (LabelledService service in services)
        {
            service.Labels.Open();
        }

        root.Open();
        string[] running =
        [
            "global",
            "log",
            "metrics",
            "tracing",
            "ping",
            "providers",
            "experimental",
            "hub",
            "pilot",
            "hostResolver",
            "certificatesResolvers",
            "core",
            "spiffe",
            "ocsp",
        ];
        foreach (string name in running)
        {
            root[name]?.Tune(Program);
        }

        root["api.insecure"]?.Lose("Traefik's own API and dashboard, on port 8080");
        root["api"]?.Tune("Traefik's own API and dashboard, which no router leads to");
        root["serversTransport"]?.Tune("a spec needs no word for it");
        root["http.serversTransports"]?.Tune("no server that it is for needs it");
        root["tls"]?.Tune("no site uses it");
        foreach (EntryPoint entry in configuration.EntryPoints)
        {
            entry.Key?["transport"]?.Tune("how long clients may take");
            entry.Key?["http.sanitizePath"]?.Tune("servers get the path as it was sent");
            entry.Key?["http.encodedCharacters"]?.Tune("servers get the path as it was sent");
            entry.Key?["reusePort"]?.Tune(Program);
            entry.Key?["observability"]?.Tune(Program);
            entry.Key?["asDefault"]?.Imply("which routers are there is known");
            entry.Key?["allowACMEByPass"]?.Tune(Program);
            entry.Key?["http2"]?.Tune("limits of HTTP/2");
            entry.Key?["udp"]?.Lose("a spec is for HTTP");
            entry.Key?["http.tls"]?.Tune("no router is there");
            entry.Key?["http.middlewares"]?.Tune("no router is there");
            entry.Key?["address"]?.Tune("no router is there");
        }

        foreach (SourceKey tree in services.Select(static service => service.Labels).Append(root))
        {
            tree["tcp"]?.Lose("a spec is for HTTP: no routers for TCP");
            tree["udp"]?.Lose("a spec is for HTTP: no routers for UDP");
            foreach (SourceKey router in tree["http.routers"]?.Keys ?? [])
            {
                router.LoseRest("the importer doesn't know it");
            }

            foreach (SourceKey service in tree["http.services"]?.Keys ?? [])
            {
                service["loadBalancer.server"]?.Tune("no route leads to it");
                service["loadBalancer.servers"]?.Tune("no route leads to it");
            }

            foreach (SourceKey middleware in tree["http.middlewares"]?.Keys ?? [])
            {
                middleware.Tune("no route uses it, or it does nothing there");
            }
        }
    }

    private static void Trusted(EntryPoint entry, OutputMap spec)
    {
        if (entry.Key?["forwardedHeaders.trustedIPs"] is { Values.Count: > 0 } trusted)
        {
            OutputList list = spec.List("trusted_proxies");
            foreach (string network in trusted.Values.Where(value => !list.Items.OfType<OutputText>().Any(item => item.Text == value)))
            {
                list.Add(new OutputText(network));
            }

            trusted.Say(list);
        }

        if (entry.Key?["forwardedHeaders.insecure"] is { } insecure)
        {
            if (insecure.IsTrue)
            {
                insecure.Lose("everyone's X-Forwarded-* would be believed: name the proxies before it in trusted_proxies");
            }
            else
            {
                insecure.Imply("nobody's X-Forwarded-* are believed but those of trusted_proxies");
            }
        }
    }

    private static void Acme(SourceKey resolver, OutputMap spec, bool isUsed)
    {
        if (!isUsed)
        {
            resolver.Tune("a spec has one authority for all certificates, and the sites use another one or none");
            return;
        }

        SourceKey? acme = resolver["acme"];
        if (acme?["email"] is { Value: { } email } address)
        {
            address.Say(spec.Map("acme").Set("email", email));
        }

        if (acme?["caServer"] is { Value: { } server } authority)
        {
            authority.Say(spec.Map("acme").Set("ca", server));
        }

        if (acme?["profile"] is { Value: { } name } profile)
        {
            profile.Say(spec.Map("acme").Set("profile", name));
        }

        acme?["httpChallenge"]?.Imply("http-01 is among the ways by which names are proven");
        acme?["tlsChallenge"]?.Imply("tls-alpn-01 is among the ways by which names are proven");
        acme?["dnsChallenge"]?.Lose("a spec writes TXT records by a program of yours: acme.dns");
        acme?["eab"]?.Lose("write acme.eab with the key from the environment");
        resolver["tailscale"]?.Lose("a spec has certificates of ACME, of files and of its own");
        resolver.Tune("how the account and the certificates are kept");
    }

    private static void Log(SourceKey log, OutputMap site)
    {
        string format = log["format"]?.Value == "json" ? "json" : "combined";
        OutputNode place;
        if (log["filePath"] is { Value: { } file } path && file.StartsWith('/'))
        {
            OutputMap map = site.Map("log");
            map.Word("format", format);
            place = map.Set("output", file);
            path.Say(place);
        }
        else
        {
            place = site.Word("log", format);
            log["filePath"]?.Lose("a log's file has an absolute name");
        }

        if (log.Keys.Count == 0)
        {
            log.Say(place);
        }

        log["format"]?.Say(place);
        log["bufferingSize"]?.Tune("how the log is written");
        log["addInternals"]?.Tune("what Traefik does by itself");
        log["filters"]?.Lose("a spec's log has every request of a site");
        log["fields"]?.Lose("a spec's log has its own fields");
    }
}

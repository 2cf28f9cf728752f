namespace Confgen.Compiler.Binding.Advising;

/// <summary>Keys that users of nginx, Caddy, Traefik, HAProxy and compose files write, by the map in which they write them.</summary>
internal static partial class ForeignWords
{
    private static readonly Lazy<Dictionary<(string Scope, string Key), ForeignWord>> _words = new(Collect);

    /// <summary>The word of another program; null where none is known.</summary>
    /// <param name="scope">The map's name in the catalogue of fields, as <c>route</c>.</param>
    /// <param name="key">The key as it is written; case, <c>-</c> and <c>_</c> make no difference.</param>
    public static ForeignWord? Find(string scope, string key) => _words.Value.GetValueOrDefault((scope, Fold(key)));

    private static string Fold(string key) =>
        key.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();

    private static Dictionary<(string Scope, string Key), ForeignWord> Collect()
    {
        var words = new Dictionary<(string Scope, string Key), ForeignWord>();
        foreach ((string scope, string keys, ForeignWord word) in Words())
        {
            foreach (string key in keys.Split(' '))
            {
                words[(scope, Fold(key))] = word;
            }
        }

        return words;
    }

    private static ForeignWord To(string field, Func<string, string?>? value = null) => new(field) { Value = value };

    private static ForeignWord In(string field, string inner, Func<string, string?>? value = null) =>
        new(field) { Inner = inner, Value = value };

    private static ForeignWord Say(string field, string hint) => new(field) { Hint = hint };

    private static ForeignWord Needless(string hint) => new("") { Hint = hint, IsNeedless = true };

    private static IEnumerable<(string Scope, string Keys, ForeignWord Word)> Words() =>
        OfRoot().Concat(OfOperators()).Concat(OfSite()).Concat(OfRoute()).Concat(OfHeaders()).Concat(OfUpstream());

    private static IEnumerable<(string Scope, string Keys, ForeignWord Word)> OfRoot()
    {
        const string Root = "spec";
        yield return (Root, "server servers site http vhosts virtual_hosts virtualhosts routers frontends apps domains", To("sites"));
        yield return (Root, "upstream services backends backend clusters pools loadbalancers", To("upstreams"));
        yield return (Root, "set_real_ip_from real_ip_from trusted trusted_ips forwarded_headers proxy_protocol", To("trusted_proxies"));
        yield return (Root, "includes import imports", To("include"));
        yield return (Root, "global default common", To("defaults"));
        yield return (Root, "rules linter", To("lint"));
        yield return (
            Root,
            "routes locations location",
            Say("sites", "routes belong to a site: write 'sites: [{ host: app.example.com, routes: [...] }]'")
        );
        yield return (
            Root,
            "host proxy listen tls",
            Say("sites", "it belongs to a site: write 'sites:' above, and '- ' before the site's first key")
        );
        yield return (
            Root,
            "email acme_ca acme_ca_root acme_eab acme_dns certificates_resolvers certificatesresolvers letsencrypt",
            Say(
                "acme",
                "write 'acme: { email: ops@example.com, ca: URL }'; it may be left out, and 'tls: auto' of a site takes certificates"
            )
        );
        yield return (
            Root,
            "worker_processes worker_connections events user pid maxconn nbthread entrypoints",
            Needless("a spec says what the sites do; the program's own settings are left at good values")
        );
    }

    // What programs have beside their sites: a page for the operator, and counters.
    private static IEnumerable<(string Scope, string Keys, ForeignWord Word)> OfOperators()
    {
        const string Admin = "remove it: 'confgen serve --admin 127.0.0.1:9180' opens a page, /status and /metrics";
        yield return ("spec", "admin metrics prometheus dashboard api status_page", Say("", Admin));
        yield return ("route", "stub_status metrics prometheus server_status", Say("", Admin));
    }

    private static IEnumerable<(string Scope, string Keys, ForeignWord Word)> OfSite()
    {
        const string Site = "site";
        const string Certificates = "write 'tls: auto' (ACME), 'tls: internal' (self-signed) or 'tls: { cert: FILE, key: FILE }'";
        yield return (
            Site,
            "server_name server_names hosts hostname hostnames domain domains domain_name domain_names name names fqdn virtual_host vhost "
                + "address",
            To("host")
        );
        yield return (Site, "port ports bind listen_port http_port listen_on listeners entrypoint entrypoints", To("listen"));
        yield return (Site, "location locations rules paths handle handles endpoints route", To("routes"));
        yield return (
            Site,
            "ssl https ssl_enabled secure tls_enabled ssl_cert letsencrypt acme cert_resolver certresolver auto_https certificates email",
            Say("tls", Certificates)
        );
        yield return (Site, "ssl_certificate certificate cert cert_file tls_cert crt fullchain pem", In("tls", "cert"));
        yield return (Site, "ssl_certificate_key certificate_key key key_file tls_key private_key privkey", In("tls", "key"));
        yield return (
            Site,
            "ssl_protocols tls_version min_tls_version tls_min_version",
            Say("tls", "write 'min_version: 1.2' or 'min_version: 1.3' into the map of 'tls'")
        );
        yield return (Site, "ssl_ciphers", Say("tls", "write 'ciphers: [...]' into the map of 'tls'"));
        yield return (Site, "ssl_client_certificate client_ca client_cert", In("tls", "client_ca"));
        yield return (
            Site,
            "client_auth mtls mutual_tls ssl_verify_client",
            Say("tls", "write 'client_ca: FILE' into the map of 'tls': a client needs a certificate of these authorities then")
        );
        yield return (Site, "protocols", Say("http2", "write 'http2: true' or 'http3: true'; HTTP/1.1 is always spoken"));
        yield return (
            Site,
            "proxy_protocol",
            Say("", "the PROXY protocol is not supported; 'trusted_proxies' names peers whose X-Forwarded-For is believed")
        );
        yield return (
            Site,
            "ssl_session_cache ssl_session_timeout ssl_session_tickets ssl_prefer_server_ciphers ssl_stapling ssl_stapling_verify resolver",
            Needless("it is set to a good value, or left to the program")
        );
        yield return (
            Site,
            "redirect_https https_redirect force_ssl force_https ssl_redirect redirect_to_https http_to_https ssl_forced",
            To("redirect_http")
        );
        yield return (Site, "strict_transport_security", To("hsts", value => value is "true" or "on" ? "true" : null));
        yield return (Site, "gzip", To("compress", value => value is "on" or "true" or "gzip" or "yes" ? "gzip" : null));
        yield return (Site, "brotli", To("compress", value => value is "on" or "true" or "yes" ? "br" : null));
        yield return (Site, "encode compression", To("compress", Codings));
        yield return (
            Site,
            "gzip_types gzip_min_length gzip_comp_level gzip_vary gzip_proxied gzip_http_version brotli_types",
            Needless("'compress' takes text, JSON, JavaScript, XML, SVG and WASM from 512 bytes on")
        );
        yield return (Site, "quic h3", To("http3"));
        yield return (Site, "h2 http_2", To("http2"));
        yield return (
            Site,
            "large_client_header_buffers client_header_buffer_size max_header_size",
            Say("limits", "write 'limits: { head: 64KiB }'")
        );
    }

    /// <summary>The policy that another program's word means, as YAML.</summary>
    public static string? Balance(string value) =>
        value.ToLowerInvariant().Replace("-", "_", StringComparison.Ordinal) switch
        {
            "round_robin" or "roundrobin" or "rr" or "wrr" => "round_robin",
            "least_conn" or "least_connections" or "leastconn" => "least_conn",
            "ip_hash" or "source" or "client_ip" => "ip_hash",
            "uri" or "uri_hash" => "uri_hash",
            "sticky" or "cookie" or "session" => "{ cookie: lb }",
            _ => null,
        };

    private static string? Codings(string value) =>
        value is "on" or "true" or "yes" or "auto" ? "[zstd, br, gzip]"
        : string.Join(
            ", ",
            value
                .Split([' ', ','], StringSplitOptions.RemoveEmptyEntries)
                .Select(v => v == "brotli" ? "br" : v)
                .Where(v => v is "zstd" or "br" or "gzip")
        )
            is { Length: > 0 } known
            ? $"[{known}]"
        : null;

    private static string YamlText(string value) => Syntax.YamlScalar.Of(value);
}

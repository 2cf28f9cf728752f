namespace Confgen.Compiler.Binding.Advising;

// Keys of header rules and of an upstream.
internal static partial class ForeignWords
{
    private static IEnumerable<(string Scope, string Keys, ForeignWord Word)> OfHeaders()
    {
        yield return (
            "headers",
            "set add remove delete hide",
            Say(
                "response",
                "say in which direction: 'response: { set: { ... } }' for the client, 'request: { set: { ... } }' for the upstream"
            )
        );
        yield return ("headers", "up header_up to_upstream upstream customrequestheaders", To("request"));
        yield return ("headers", "down header_down to_client client customresponseheaders", To("response"));
        yield return ("headers.rules", "delete hide unset del drop", To("remove"));
        yield return ("headers.rules", "replace", To("set"));
        yield return ("headers.rules", "append", To("add"));
        yield return (
            "cors",
            "allow_origin allow_origins origin allowed_origins access_control_allow_origin accesscontrolalloworiginlist",
            To("origins")
        );
        yield return ("cors", "allow_methods allowed_methods", To("methods"));
        yield return ("cors", "allow_headers allowed_headers", To("headers"));
        yield return ("cors", "exposed_headers", To("expose_headers"));
        yield return ("cors", "allow_credentials", To("credentials"));
        yield return ("tls", "certificate crt fullchain cert_file ssl_certificate", To("cert"));
        yield return ("tls", "private_key key_file privkey ssl_certificate_key certificate_key cert_key", To("key"));
        yield return (
            "tls",
            "pem bundle certificates",
            Say("cert", "write 'cert: FILE' with the chain and 'key: FILE' with the private key; both may name one file")
        );
        yield return (
            "tls",
            "ocsp stapling ocsp_stapling session_tickets session_cache prefer_server_ciphers curves dhparam",
            Needless("it is set to a good value, or left to the program")
        );
        yield return (
            "tls",
            "version versions protocols min",
            new ForeignWord("min_version")
            {
                Value = value =>
                    value.Contains("1.3", StringComparison.Ordinal) && !value.Contains("1.2", StringComparison.Ordinal) ? "1.3" : "1.2",
                Other = "write 'min_version: 1.2', or 'min_version: 1.3' for that one alone",
            }
        );
        yield return (
            "tls",
            "ca client_auth client_cert clientca mtls",
            new ForeignWord("client_ca")
            {
                Value = value => value is "true" or "on" or "require" ? null : YamlText(value),
                Other = "write 'client_ca: FILE': a client needs a certificate of these authorities then",
            }
        );
        yield return (
            "tls",
            "auto acme letsencrypt email certresolver issuer",
            Say("from", "write 'from: auto'; an e-mail address is said by 'acme: { email: ... }' at the root")
        );
        yield return ("acme", "server caserver directory acme_ca url issuer", To("ca"));
        yield return ("acme", "ca_cert cacertificates trusted_roots acme_ca_root", To("ca_root"));
        yield return ("acme", "external_account acme_eab external_account_binding", To("eab"));
        yield return ("acme", "path state data_dir", To("storage"));
        yield return ("acme", "acme_dns dnschallenge", To("dns"));
        yield return ("acme.eab", "kid keyid", To("key_id"));
        yield return ("acme.eab", "hmacencoded hmac mackey hmac_key", To("mac_key"));
        yield return ("tls", "internal self_signed selfsigned", Say("from", "write 'from: internal'"));
        yield return ("rate_limit", "average requests limit rps per_second", To("rate", value => ValueSuggestions.Rate(value)));
        yield return ("rate_limit", "zone nodelay", Needless("each rate limit counts for itself, and what is over it is refused at once"));
        yield return ("forward_auth", "address uri server", To("url"));
        yield return ("forward_auth", "auth_response_headers authresponseheaders headers response_headers", To("copy_headers"));
        yield return ("files", "dir directory path alias", To("root"));
        yield return ("files", "try_files", To("try"));
        yield return ("files", "autoindex listing", To("browse"));
        yield return ("files", "gzip_static", Say("precompressed", "write 'precompressed: gzip'"));
        yield return ("redirect", "url target location uri", To("to"));
        yield return (
            "redirect",
            "code status_code",
            new ForeignWord("status")
            {
                Value = value => value is "301" or "302" or "303" or "307" or "308" ? value : null,
                Other = "write one of 301, 302, 303, 307 and 308 as 'status'",
            }
        );
        yield return ("redirect", "permanent", Say("status", "write 'status: 308' (permanent) or 'status: 307' (temporary)"));
        yield return ("respond", "code status_code", To("status"));
        yield return ("respond", "text content", To("body"));
        yield return ("respond", "type mime", To("content_type"));
        yield return ("hsts", "max_age_seconds seconds", To("max_age", value => ValueSuggestions.Duration(value)));
        yield return ("hsts", "includesubdomains subdomains", To("include_subdomains"));
        yield return ("log", "path file access_log", To("output"));
        yield return ("timeouts", "dial connect_timeout dial_timeout", To("connect"));
        yield return ("timeouts", "write client send_timeout write_timeout", To("send"));
        yield return ("timeouts", "server response idle read_timeout request response_timeout", To("read"));
        yield return ("rewrite", "from pattern match regexp source", To("regex"));
        yield return ("rewrite", "replacement replace with target uri", To("to"));
        yield return (
            "basic_auth",
            "username user name login password pass",
            Say("users", "write 'users: { NAME: HASH }' with the hash that 'htpasswd -nB NAME' prints")
        );
        yield return ("test", "url uri", To("request"));
        yield return ("log", "level", Needless("an access log has a line for each request; errors are logged by the program"));
        yield return ("match", "methods", To("method"));
        yield return ("match", "headers", To("header"));
    }

    private static IEnumerable<(string Scope, string Keys, ForeignWord Word)> OfUpstream()
    {
        const string Upstream = "upstream";
        const string Health = "health";
        yield return (
            Upstream,
            "server urls url targets target backends nodes hosts endpoints members peers to address addresses",
            To("servers")
        );
        yield return (
            Upstream,
            "least_conn least_connections leastconn",
            To("balance", value => value is "true" or "on" or "" ? "least_conn" : null)
        );
        yield return (Upstream, "ip_hash iphash", To("balance", value => value is "true" or "on" or "" ? "ip_hash" : null));
        yield return (
            Upstream,
            "lb lb_policy load_balancing loadbalancing algorithm method policy strategy load_balance",
            To("balance", value => Balance(value) ?? YamlText(value))
        );
        yield return (
            Upstream,
            "sticky session sticky_session sticky_cookie affinity cookie",
            new ForeignWord("balance")
            {
                Value = value => value is "true" or "on" ? "{ cookie: lb }" : $"{{ cookie: {YamlText(value)} }}",
                Other = "write 'balance: { cookie: lb }' with the cookie's name",
            }
        );
        yield return (
            Upstream,
            "healthcheck health_check check health_uri health_path healthchecks",
            new ForeignWord(Health)
            {
                Value = value => value.StartsWith('/') ? $"{{ active: {{ path: {YamlText(value)} }} }}" : null,
                InnerOfMap = "active",
                Other = "write 'health: { active: { path: /healthz } }'",
            }
        );
        yield return (
            Upstream,
            "max_fails fail_timeout fail_duration",
            Say(Health, "write 'health: { passive: { max_fails: 3, fail_for: 10s } }'")
        );
        yield return (Upstream, "keepalive_timeout", In("keepalive", "timeout", value => ValueSuggestions.Duration(value)));
        yield return (Upstream, "keepalive_requests zone", Needless("it is set to a good value, or left to the program"));
        yield return (Upstream, "proxy_next_upstream_tries retry attempts max_retries", To("retries"));
        yield return (Upstream, "proxy_next_upstream lb_retry_match retry_match retryable_status_codes", To("retry_on"));
        yield return (
            Upstream,
            "ssl https ssl_verify verify insecure insecure_skip_verify insecureskipverify",
            Say("tls", "write 'https://' in the servers' URLs, and 'tls: { verify: false }' only where a certificate can't be verified")
        );
        yield return (Upstream, "sni server_name", In("tls", "server_name"));
        yield return (Upstream, "resolver srv dns", Say("discover", "write 'discover: { srv: _http._tcp.app.example.com }'"));
        yield return ("server", "host address server target", To("url"));
        yield return ("server", "port", Say("url", "write it in the URL: 'url: http://127.0.0.1:3000'"));
        yield return ("server", "maxconn max_connections", To("max_conns"));
        yield return (
            "server",
            "max_fails fail_timeout",
            Say(Health, "it holds for the whole upstream: write 'health: { passive: { max_fails: 3, fail_for: 10s } }' beside 'servers'")
        );
        foreach (string field in (string[])["path", "interval", "timeout", "status"])
        {
            yield return (Health, field, In("active", field));
        }

        yield return (Health, "uri", In("active", "path"));
        yield return (Health, "max_fails", In("passive", "max_fails"));
        yield return (Health, "fail_for fail_timeout", In("passive", "fail_for"));
        yield return ("health.active", "uri url endpoint", To("path"));
        yield return ("health.active", "expect expect_status codes status_code", To("status"));
        yield return ("health.passive", "fail_timeout fail_duration", To("fail_for"));
        yield return ("health.passive", "failures", To("max_fails"));
        yield return (
            "upstream_tls",
            "insecure insecure_skip_verify insecureskipverify skip_verify",
            To("verify", value => value is "true" ? "false" : "true")
        );
        yield return ("upstream_tls", "ca_file trusted_ca", To("ca"));
        yield return ("upstream_tls", "sni servername", To("server_name"));
        yield return ("keepalive", "max connections size", To("idle"));
    }
}

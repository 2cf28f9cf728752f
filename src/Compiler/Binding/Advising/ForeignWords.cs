namespace Confgen.Compiler.Binding.Advising;

/// <summary>Keys that users of nginx, Caddy, Traefik, HAProxy and compose files write, by the map in which they write them.</summary>
internal static class ForeignWords
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
        OfRoot().Concat(OfSite()).Concat(OfRoute()).Concat(OfHeaders()).Concat(OfUpstream());

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
            "email acme certificates_resolvers acme_ca",
            Say("", "remove it: 'tls: auto' of a site takes certificates from the program's ACME client")
        );
        yield return (
            Root,
            "worker_processes worker_connections events user pid maxconn nbthread admin entrypoints",
            Needless("a spec says what the sites do; the program's own settings are left at good values")
        );
    }

    private static IEnumerable<(string Scope, string Keys, ForeignWord Word)> OfSite()
    {
        const string Site = "site";
        const string Certificates = "write 'tls: auto' (ACME), 'tls: internal' (self-signed) or 'tls: { cert: FILE, key: FILE }'";
        yield return (
            Site,
            "server_name server_names hosts hostname hostnames domain domains domain_name name names fqdn virtual_host vhost address",
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
        yield return (Site, "ssl_client_certificate client_auth mtls client_cert", In("tls", "client_ca"));
        yield return (
            Site,
            "ssl_session_cache ssl_session_timeout ssl_session_tickets ssl_prefer_server_ciphers ssl_stapling ssl_stapling_verify resolver",
            Needless("it is set to a good value, or left to the program")
        );
        yield return (
            Site,
            "redirect_https https_redirect force_ssl force_https ssl_redirect redirect_to_https http_to_https",
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

    private static IEnumerable<(string Scope, string Keys, ForeignWord Word)> OfRoute()
    {
        const string Route = "route";
        yield return (Route, "location match_path uri url path_prefix prefix pathprefix handle", To("path"));
        yield return (
            Route,
            "rule matcher",
            To(
                "path",
                value =>
                    value.IndexOf("PathPrefix(`", StringComparison.Ordinal) is >= 0 and var at
                        ? YamlText(value[(at + 12)..].Split('`')[0])
                        : null
            )
        );
        yield return (
            Route,
            "middlewares middleware plugins",
            Say("", "write what it does as a field: basic_auth, forward_auth, rate_limit, headers, compress, strip_prefix, redirect")
        );
        yield return (Route, "handle_path", Say("path", "write 'path: /api' and 'strip_prefix: true'"));
        yield return (Route, "path_regex path_regexp pathregexp regexp pattern", To("regex"));
        yield return (Route, "path_exact exact_path", To("exact"));
        yield return (
            Route,
            "proxy_pass proxypass reverse_proxy reverseproxy backend upstream target forward forward_to to dest destination service app "
                + "use_backend default_backend balancer proxy_to pass grpc_pass",
            To("proxy")
        );
        yield return (
            Route,
            "fastcgi_pass fastcgi php_fastcgi uwsgi_pass",
            Say("proxy", "FastCGI is not supported: proxy to a server that speaks HTTP")
        );
        yield return (
            Route,
            "root alias file_server static static_files document_root documentroot directory dir folder serve web_root webroot",
            To("files", value => value is "true" or "on" ? null : YamlText(value))
        );
        yield return (Route, "try_files", Say("files", "write 'files: { root: /var/www, try: [\"{path}\", /index.html] }'"));
        yield return (Route, "index", Say("files", "write 'files: { root: /var/www, index: index.html }'"));
        yield return (Route, "autoindex browse directory_listing", Say("files", "write 'files: { root: /var/www, browse: true }'"));
        yield return (Route, "methods method allowed_methods http_method verbs", In("match", "method"));
        yield return (Route, "query queries query_string", In("match", "query"));
        yield return (
            Route,
            "return",
            new ForeignWord("redirect") { Hint = "write 'redirect: https://example.com{uri}' or 'respond: 404'" }
        );
        yield return (
            Route,
            "redir redirects redirect_to redirectregex moved",
            To("redirect", value => YamlText(value.Split(' ')[0].Replace("$request_uri", "{uri}", StringComparison.Ordinal)))
        );
        yield return (Route, "response static_response text", To("respond"));
        yield return (Route, "abort close close_connection drop", To("respond", _ => Model.Routes.CloseAction.Word));
        yield return (Route, "status status_code code", Say("respond", "write 'respond: { status: 404, body: \"not found\" }'"));
        yield return (Route, "body content", Say("respond", "write 'respond: { body: \"ok\" }'"));
        yield return (Route, "websockets ws wss websocket_upgrade websocket_support", To("websocket"));
        yield return (
            Route,
            "proxy_buffering buffering buffer",
            Say("sse", "remove it: responses are passed on as they come; a route that streams events says 'sse: true'")
        );
        yield return (
            Route,
            "proxy_http_version proxy_redirect proxy_ssl_server_name proxy_request_buffering proxy_cache_bypass sendfile tcp_nopush "
                + "tcp_nodelay",
            Needless("it is set to a good value on every program")
        );
        yield return (
            Route,
            "client_max_body_size max_body_size body_limit request_body max_request_body max_request_size limit_body maxrequestbodybytes "
                + "proxy_body_size",
            To("max_body", value => ValueSuggestions.Size(value) ?? YamlText(value))
        );
        yield return (
            Route,
            "proxy_read_timeout read_timeout timeout timeout_read timeout_server request_timeout response_timeout",
            In("timeouts", "read", value => ValueSuggestions.Duration(value))
        );
        yield return (
            Route,
            "proxy_connect_timeout connect_timeout dial_timeout timeout_connect",
            In("timeouts", "connect", value => ValueSuggestions.Duration(value))
        );
        yield return (
            Route,
            "proxy_send_timeout send_timeout write_timeout timeout_client",
            In("timeouts", "send", value => ValueSuggestions.Duration(value))
        );
        yield return (Route, "stripprefix strip_path uri_strip_prefix", To("strip_prefix", _ => "true"));
        yield return (Route, "rewrite_target replacepath replace_path", To("replace_prefix"));
        yield return (Route, "addprefix", To("add_prefix"));
        yield return (
            Route,
            "expires cache caching",
            To(
                "cache_control",
                value =>
                    ValueSuggestions.Duration(value) is { } age && Model.Units.Durations.TryParse(age, out TimeSpan time, out _)
                        ? $"\"max-age={time.TotalSeconds:0}\""
                        : null
            )
        );
        yield return (
            Route,
            "proxy_cache proxy_cache_valid proxy_cache_path",
            Say("", "response caches are not supported; 'cache_control' tells browsers what to keep")
        );
        yield return (
            Route,
            "access_log logging logs",
            To(
                "log",
                value =>
                    value switch
                    {
                        "off" or "false" => "off",
                        "on" or "true" => "json",
                        ['/', ..] => $"{{ output: {YamlText(value.Split(' ')[0])} }}",
                        _ => null,
                    }
            )
        );
        yield return (
            Route,
            "error_log log_format",
            Needless("errors are logged by the program; the access log's format is said by 'log'")
        );
        yield return (
            Route,
            "auth_basic auth_basic_user_file basicauth auth http_auth users htpasswd",
            Say("basic_auth", "write 'basic_auth: { users: { NAME: HASH } }' with the hash that 'htpasswd -nB NAME' prints")
        );
        yield return (Route, "auth_request forwardauth auth_url", In("forward_auth", "url"));
        yield return (Route, "limit_req limit_req_zone ratelimit throttle", To("rate_limit"));
        yield return (Route, "ip_whitelist whitelist ipallowlist ipwhitelist allow_from allowlist sourcerange allowed_ips", To("allow"));
        yield return (Route, "blacklist ip_blacklist denylist deny_from blocked_ips block", To("deny"));
        yield return (
            Route,
            "error_page error_pages handle_errors errorpage errorfile",
            Say("errors", "write 'errors: { 502: { file: /var/www/502.html } }'")
        );
        yield return (
            Route,
            "add_header header proxy_hide_header header_down response_headers custom_response_headers more_set_headers http_response "
                + "hide_header set_header set_headers custom_headers",
            Say("headers", "write 'headers: { response: { set: { NAME: value } } }'; 'remove: [NAME]' takes one away")
        );
        yield return (
            Route,
            "proxy_set_header header_up request_headers custom_request_headers http_request request_header",
            Say(
                "headers",
                "write 'headers: { request: { set: { NAME: value } } }'; Host and the X-Forwarded fields are sent without a rule"
            )
        );
        yield return (Route, "sse_enabled event_stream streaming stream server_sent_events eventsource", To("sse"));
        yield return (
            Route,
            "host_header preserve_host proxy_host passhostheader pass_host_header",
            new ForeignWord("host")
            {
                NeedlessWith = "true",
                Hint = "the upstream gets the client's Host; a route that says 'host: upstream' sends the server's own",
            }
        );
        yield return (
            Route,
            "priority order weight",
            Needless("the longest 'path' wins; 'exact' goes first, then 'regex' in the order written")
        );
        yield return (Route, "name id description comment title labels", Needless("write it as a comment: # ..."));
        yield return (Route, "enabled disabled", Say("", "remove it, or make a comment of what is switched off"));
        yield return (
            Route,
            "ssl_verify proxy_ssl_verify insecure insecure_skip_verify insecureskipverify tls_insecure_skip_verify skip_tls_verify",
            Say(
                "proxy",
                "write an upstream, 'upstreams: { app: { servers: [\"https://10.0.0.5\"], tls: { verify: false } } }', and 'proxy: app'"
            )
        );
    }

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
        yield return ("tls", "private_key key_file privkey ssl_certificate_key", To("key"));
        yield return (
            "tls",
            "version versions protocols min",
            To(
                "min_version",
                value => value.Contains("1.3", StringComparison.Ordinal) && !value.Contains("1.2", StringComparison.Ordinal) ? "1.3" : "1.2"
            )
        );
        yield return ("tls", "ca client_auth client_cert clientca mtls", To("client_ca"));
        yield return (
            "tls",
            "auto acme letsencrypt email certresolver issuer",
            Say("from", "write 'from: auto'; the e-mail address is a setting of the ACME client")
        );
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
        yield return ("redirect", "code permanent", Say("status", "write 'status: 308' (permanent) or 'status: 307' (temporary)"));
        yield return ("respond", "code status_code", To("status"));
        yield return ("respond", "text content", To("body"));
        yield return ("respond", "type mime", To("content_type"));
        yield return ("hsts", "max_age_seconds seconds", To("max_age", value => ValueSuggestions.Duration(value)));
        yield return ("hsts", "includesubdomains subdomains", To("include_subdomains"));
        yield return ("log", "path file access_log", To("output"));
        yield return ("timeouts", "dial", To("connect"));
        yield return ("timeouts", "write client", To("send"));
        yield return ("timeouts", "server response idle", To("read"));
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
            To("balance", value => value is "true" or "on" ? "{ cookie: lb }" : $"{{ cookie: {YamlText(value)} }}")
        );
        yield return (
            Upstream,
            "healthcheck health_check check health_uri health_path healthchecks",
            To(Health, value => value.StartsWith('/') ? $"{{ active: {{ path: {YamlText(value)} }} }}" : null)
        );
        yield return (
            Upstream,
            "max_fails fail_timeout fail_duration",
            Say(Health, "write 'health: { passive: { max_fails: 3, fail_for: 10s } }'")
        );
        yield return (Upstream, "keepalive_timeout", In("keepalive", "timeout", value => ValueSuggestions.Duration(value)));
        yield return (Upstream, "keepalive_requests zone", Needless("it is set to a good value, or left to the program"));
        yield return (Upstream, "proxy_next_upstream_tries retry attempts max_retries", To("retries"));
        yield return (
            Upstream,
            "ssl https ssl_verify verify insecure insecure_skip_verify insecureskipverify",
            Say("tls", "write 'https://' in the servers' URLs, and 'tls: { verify: false }' only where a certificate can't be verified")
        );
        yield return (Upstream, "resolver srv dns", Say("discover", "write 'discover: { srv: _http._tcp.app.example.com }'"));
        yield return ("server", "host address server target", To("url"));
        yield return ("server", "port", Say("url", "write it in the URL: 'url: http://127.0.0.1:3000'"));
        yield return ("server", "maxconn max_connections", To("max_conns"));
        yield return (
            "server",
            "max_fails fail_timeout",
            Say(Health, "it holds for the whole upstream: write 'health: { passive: { max_fails: 3, fail_for: 10s } }' beside 'servers'")
        );
        yield return (Health, "path uri interval timeout", Say("active", "write 'active: { path: /healthz, interval: 10s }'"));
        yield return (Health, "max_fails fail_for fail_timeout", Say("passive", "write 'passive: { max_fails: 3, fail_for: 10s }'"));
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

namespace Confgen.Compiler.Binding.Advising;

// Keys of a route.
internal static partial class ForeignWords
{
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
            "fastcgi_pass php_fastcgi php fcgi php_fpm",
            Say("fastcgi", "write 'fastcgi: { server: unix:/run/php/php-fpm.sock, root: /var/www/html }'")
        );
        yield return (
            Route,
            "uwsgi_pass scgi_pass",
            Say("proxy", "uwsgi and SCGI are not supported: proxy to a server that speaks HTTP, or FastCGI by 'fastcgi'")
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
            new ForeignWord("redirect") { Value = Returned, Other = "write 'redirect: https://example.com{uri}' or 'respond: 404'" }
        );
        yield return (
            Route,
            "redir redirects redirect_to redirectregex moved",
            To("redirect", value => YamlText(Uri(value.Split(' ')[0])))
        );
        yield return (Route, "response static_response text", To("respond"));
        yield return (Route, "abort close close_connection drop", To("respond", _ => Model.Routes.CloseAction.Word));
        yield return (Route, "status status_code code", Say("respond", "write 'respond: { status: 404, body: \"not found\" }'"));
        yield return (Route, "body content", Say("respond", "write 'respond: { body: \"ok\" }'"));
        yield return (Route, "websockets ws wss websocket_upgrade websocket_support allow_websocket_upgrade", To("websocket"));
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
                        "on" or "true" or "json" => "json",
                        "combined" => "combined",
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
        yield return (
            Route,
            "auth_request forwardauth auth_url",
            new ForeignWord("forward_auth")
            {
                Inner = "url",
                Value = value => value.Contains("://", StringComparison.Ordinal) ? YamlText(value) : null,
                Other = "write 'forward_auth: { url: http://127.0.0.1:9091/verify }' with the URL of the server that is asked",
            }
        );
        yield return (
            Route,
            "jwt oidc oauth2 oauth openid api_key apikey key_auth",
            Say("forward_auth", "a proxy checks no tokens itself: 'forward_auth: { url: ... }' asks a server that does")
        );
        yield return (
            Route,
            "path_type",
            Needless("'path' takes everything below it by whole segments, 'exact' one path, 'regex' what it matches")
        );
        yield return (Route, "block_exploits", Needless("what can't be a right request is refused on every site"));
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
            "verify ssl_verify proxy_ssl_verify insecure insecure_skip_verify insecureskipverify tls_insecure_skip_verify skip_tls_verify",
            Say(
                "proxy",
                "write an upstream, 'upstreams: { app: { servers: [\"https://10.0.0.5\"], tls: { verify: false } } }', and 'proxy: app'"
            )
        );
    }

    // nginx's `return 301 /new`, and a status alone.
    private static string? Returned(string value) =>
        value.TrimEnd(';').Split(' ', StringSplitOptions.RemoveEmptyEntries) switch
        {
            [("301" or "302" or "303" or "307" or "308") and var status, var to] => $"{{ to: {YamlText(Uri(to))}, status: {status} }}",
            [var to] when to.Contains("://", StringComparison.Ordinal) => YamlText(Uri(to)),
            _ => null,
        };

    private static string Uri(string to) => to.Replace("$request_uri", "{uri}", StringComparison.Ordinal);
}

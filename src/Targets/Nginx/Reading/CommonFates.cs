namespace Confgen.Targets.Nginx.Reading;

/// <summary>What becomes of directives whose meaning needs nothing around them.</summary>
internal static class CommonFates
{
    private const string Workers = "how the program uses its machine";
    private const string Buffers = "sizes of buffers";
    private const string Connections = "how connections are kept";
    private const string Sessions = "how TLS sessions are kept and certificates vouched for";
    private const string Cache = "there is no response cache that it would steer";
    private const string SlowClients = "limits for slow clients are confgen's own";

    private static readonly Dictionary<string, string> _tuning = Table(
        (
            Workers,
            "user worker_processes worker_rlimit_nofile worker_cpu_affinity worker_priority worker_shutdown_timeout pid daemon events "
                + "worker_connections multi_accept use accept_mutex load_module pcre_jit thread_pool timer_resolution lock_file aio "
                + "directio "
                + "sendfile sendfile_max_chunk tcp_nopush tcp_nodelay output_buffers postpone_output read_ahead open_file_cache "
                + "open_file_cache_valid open_file_cache_min_uses open_file_cache_errors server_names_hash_bucket_size "
                + "server_names_hash_max_size "
                + "types_hash_max_size types_hash_bucket_size variables_hash_max_size variables_hash_bucket_size map_hash_bucket_size "
                + "map_hash_max_size proxy_headers_hash_max_size proxy_headers_hash_bucket_size env worker_aio_requests debug_connection "
                + "master_process ssl_engine limit_req_zone limit_conn_zone limit_req_log_level limit_conn_log_level log_not_found "
                + "log_subrequest "
                + "rewrite_log error_log log_format http server_tokens_build open_log_file_cache"
        ),
        (
            Buffers,
            "client_body_buffer_size client_header_buffer_size large_client_header_buffers proxy_buffers proxy_buffer_size "
                + "proxy_busy_buffers_size proxy_temp_file_write_size proxy_max_temp_file_size proxy_temp_path client_body_temp_path "
                + "client_body_in_file_only client_body_in_single_buffer grpc_buffer_size "
                + "fastcgi_buffers fastcgi_buffer_size "
                + "fastcgi_busy_buffers_size fastcgi_max_temp_file_size fastcgi_temp_file_write_size fastcgi_temp_path "
                + "fastcgi_socket_keepalive fastcgi_bind fastcgi_force_ranges "
                + "connection_pool_size "
                + "request_pool_size proxy_socket_keepalive proxy_bind subrequest_output_buffer_size http2_chunk_size "
                + "http2_body_preread_size"
        ),
        (
            Connections,
            "keepalive_timeout keepalive_requests keepalive_time keepalive_disable fastcgi_keep_conn lingering_close lingering_time "
                + "lingering_timeout reset_timedout_connection http2_max_concurrent_streams http2_max_requests http2_idle_timeout "
                + "http2_recv_timeout http2_max_field_size http2_max_header_size http2_push http2_push_preload chunked_transfer_encoding"
        ),
        (
            Sessions,
            "ssl_session_cache ssl_session_timeout ssl_session_tickets ssl_session_ticket_key ssl_stapling ssl_stapling_verify "
                + "ssl_dhparam ssl_ecdh_curve ssl_prefer_server_ciphers ssl_buffer_size ssl_conf_command ssl_verify_depth "
                + "proxy_ssl_session_reuse proxy_ssl_protocols proxy_ssl_ciphers proxy_ssl_verify_depth ssl_reject_handshake_timeout"
        ),
        (
            Cache,
            "fastcgi_cache_bypass fastcgi_no_cache fastcgi_cache_key fastcgi_cache_valid fastcgi_cache_path fastcgi_cache_lock "
                + "fastcgi_cache_use_stale fastcgi_cache_revalidate fastcgi_cache_min_uses fastcgi_cache_methods "
                + "fastcgi_cache_background_update fastcgi_cache_lock_age fastcgi_cache_lock_timeout fastcgi_cache_max_range_offset "
                + "proxy_cache_lock_age proxy_cache_lock_timeout proxy_cache_max_range_offset proxy_cache_purge fastcgi_cache_purge "
                + "proxy_cache_bypass proxy_no_cache proxy_cache_key proxy_cache_valid proxy_cache_path proxy_cache_lock "
                + "proxy_cache_use_stale proxy_cache_revalidate proxy_cache_min_uses proxy_cache_methods proxy_cache_background_update"
        ),
        (SlowClients, "client_body_timeout client_header_timeout send_timeout"),
        (
            "confgen compresses text, JSON, JavaScript, XML, SVG and WASM from 512 bytes on",
            "gzip_comp_level gzip_types gzip_min_length gzip_vary "
                + "gzip_proxied gzip_http_version gzip_disable gzip_buffers brotli_types brotli_comp_level brotli_min_length "
                + "brotli_buffers "
                + "brotli_window zstd_types zstd_comp_level zstd_min_length"
        ),
        ("names are resolved by the system, or by 'targets.nginx.resolver'", "resolver_timeout"),
        ("media types come from confgen's own table", "default_type types charset charset_types override_charset")
    );

    private static readonly Dictionary<string, string> _implied = Table(
        ("HTTP/1.1 is spoken to servers", "proxy_http_version"),
        (
            "pieces of bodies are passed on as they come",
            "proxy_buffering proxy_request_buffering fastcgi_buffering fastcgi_request_buffering grpc_buffering"
        ),
        ("no version is told", "server_tokens"),
        ("slashes are merged to choose a route", "merge_slashes"),
        ("HTTP/2 is offered with TLS", "http2"),
        ("HTTP/3 is offered where a listener has it", "http3"),
        ("who is over the rate gets 429", "limit_req_status"),
        ("TLS is the listener's", "ssl"),
        ("the server's name is sent as SNI", "proxy_ssl_server_name grpc_ssl_server_name"),
        ("fields of the upstream pass", "proxy_pass_header grpc_pass_header fastcgi_pass_header"),
        ("no early data is taken", "ssl_early_data"),
        ("the client's address is found behind 'trusted_proxies'", "real_ip_recursive"),
        ("a redirect names the host that was asked", "server_name_in_redirect port_in_redirect absolute_redirect"),
        ("names with underscores pass, but for look-alikes", "underscores_in_headers ignore_invalid_headers"),
        ("files have an ETag and Last-Modified", "etag if_modified_since"),
        ("it ends what follows of the rewrite module", "break")
    );

    private static readonly Dictionary<string, string> _lost = Table(
        ("TCP and UDP streams can't be said", "stream mail"),
        (
            "bodies of responses aren't changed",
            "sub_filter sub_filter_once sub_filter_types sub_filter_last_modified addition_types "
                + "add_before_body add_after_body ssi xslt_stylesheet image_filter"
        ),
        ("there is no response cache", "proxy_cache fastcgi_cache uwsgi_cache"),
        ("attributes of cookies pass as they are", "proxy_cookie_flags"),
        ("the number of connections isn't limited", "limit_conn limit_conn_status"),
        ("the rate of bytes isn't limited", "limit_rate limit_rate_after proxy_limit_rate fastcgi_limit_rate"),
        ("the upstream's exchange ends when the client leaves", "proxy_ignore_client_abort fastcgi_ignore_client_abort"),
        ("the method reaches the upstream as it is", "proxy_method"),
        ("the body reaches the upstream as it is", "proxy_set_body proxy_pass_request_body fastcgi_pass_request_body"),
        ("the client's fields reach the upstream", "proxy_pass_request_headers fastcgi_pass_request_headers"),
        ("trailers pass as they are", "add_trailer"),
        ("requests aren't copied", "mirror mirror_request_body"),
        ("the upstream's X-Accel fields give no orders", "proxy_ignore_headers fastcgi_ignore_headers"),
        ("a spec has no scripts", "js_import js_set lua_package_path access_by_lua_block access_by_lua_file rewrite_by_lua_block"),
        ("methods are conditions of routes", "limit_except"),
        ("a variable from the client's address or by chance can't be said", "geo geoip_country geoip2 split_clients")
    );

    /// <summary>Settles what no reader of a place has settled.</summary>
    public static void Settle(SourceDirective directive)
    {
        if (directive.Entry.IsSettled)
        {
            return;
        }

        if (Exceptions(directive))
        {
            return;
        }

        if (_tuning.TryGetValue(directive.Name, out string? reason))
        {
            directive.TuneAll(reason);
        }
        else if (_implied.TryGetValue(directive.Name, out reason))
        {
            directive.Entry.Imply(reason);
        }
        else if (_lost.TryGetValue(directive.Name, out reason))
        {
            directive.LoseAll(reason);
        }
    }

    private static bool Exceptions(SourceDirective directive)
    {
        switch (directive.Name)
        {
            case "proxy_redirect" or "proxy_cookie_path" or "proxy_cookie_domain":
                directive.Entry.Tune("nothing that it holds for forwards");
                return true;
            case "proxy_cache" or "fastcgi_cache" when directive.First == "off":
                directive.Entry.Imply("there is no response cache");
                return true;
            case "ssl_early_data" when directive.First == "on":
                directive.Entry.Tune("early data isn't taken: the handshake is one round trip longer");
                return true;
            case "proxy_pass_request_headers" or "fastcgi_pass_request_headers" when directive.First == "on":
                directive.Entry.Imply("the client's fields reach the upstream");
                return true;
            case "proxy_pass_request_body" or "fastcgi_pass_request_body" when directive.First == "on":
                directive.Entry.Imply("the body reaches the upstream");
                return true;
            case "proxy_ignore_client_abort" or "fastcgi_ignore_client_abort" when directive.First == "off":
                directive.Entry.Imply("the upstream's exchange ends when the client leaves");
                return true;
            case "limit_rate" or "limit_rate_after" or "proxy_limit_rate" or "fastcgi_limit_rate" when directive.First is "0":
                directive.Entry.Imply("the rate of bytes isn't limited");
                return true;
            case "ssl_reject_handshake":
                directive.Entry.Lose("a TLS connection for an unknown name is refused after the handshake, by 404 or 421");
                return true;
            case "set":
                directive.Entry.Tune("nothing uses it");
                return true;
            case "map":
                directive.TuneAll("nothing uses it");
                return true;
            case "auth_request_set":
                directive.Entry.Tune("nothing uses it");
                return true;
            default:
                return false;
        }
    }

    /// <summary>Whether blocks inherit it, so that one that nothing uses is one that every block has anew.</summary>
    public static bool IsInherited(string name) =>
        name
            is "proxy_set_header"
                or "grpc_set_header"
                or "add_header"
                or "proxy_hide_header"
                or "error_page"
                or "expires"
                or "allow"
                or "deny"
                or "auth_basic"
                or "auth_basic_user_file"
                or "auth_request"
                or "limit_req"
                or "satisfy"
                or "root"
                or "index"
                or "autoindex"
                or "try_files"
                or "client_max_body_size"
                or "gzip"
                or "brotli"
                or "zstd"
                or "gzip_static"
                or "brotli_static"
                or "access_log"
        || name.StartsWith("proxy_", StringComparison.Ordinal)
        || name.StartsWith("ssl_", StringComparison.Ordinal)
        || name.StartsWith("fastcgi_", StringComparison.Ordinal)
        || name.StartsWith("uwsgi_", StringComparison.Ordinal)
        || name.StartsWith("grpc_", StringComparison.Ordinal);

    private static Dictionary<string, string> Table(params (string Reason, string Names)[] lines)
    {
        var table = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string reason, string names) in lines)
        {
            foreach (string name in names.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                table.TryAdd(name, reason);
            }
        }

        return table;
    }
}

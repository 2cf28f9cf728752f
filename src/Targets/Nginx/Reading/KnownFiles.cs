namespace Confgen.Targets.Nginx.Reading;

/// <summary>
/// Files that distributions and certbot install, and that configurations include without having them beside them: what they say is known.
/// </summary>
internal static class KnownFiles
{
    private const string Parameters = """
        fastcgi_param QUERY_STRING $query_string;
        fastcgi_param REQUEST_METHOD $request_method;
        fastcgi_param CONTENT_TYPE $content_type;
        fastcgi_param CONTENT_LENGTH $content_length;
        fastcgi_param SCRIPT_NAME $fastcgi_script_name;
        fastcgi_param REQUEST_URI $request_uri;
        fastcgi_param DOCUMENT_URI $document_uri;
        fastcgi_param DOCUMENT_ROOT $document_root;
        fastcgi_param SERVER_PROTOCOL $server_protocol;
        fastcgi_param REQUEST_SCHEME $scheme;
        fastcgi_param HTTPS $https if_not_empty;
        fastcgi_param GATEWAY_INTERFACE CGI/1.1;
        fastcgi_param SERVER_SOFTWARE nginx/$nginx_version;
        fastcgi_param REMOTE_ADDR $remote_addr;
        fastcgi_param REMOTE_PORT $remote_port;
        fastcgi_param SERVER_ADDR $server_addr;
        fastcgi_param SERVER_PORT $server_port;
        fastcgi_param SERVER_NAME $server_name;
        fastcgi_param REDIRECT_STATUS 200;

        """;

    private const string Script = "fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name;\n";

    private static readonly (string Name, string Text)[] _texts =
    [
        ("fastcgi_params", Parameters),
        ("fastcgi.conf", Script + Parameters),
        (
            "snippets/fastcgi-php.conf",
            """
            fastcgi_split_path_info ^(.+?\.php)(/.*)$;
            try_files $fastcgi_script_name =404;
            set $path_info $fastcgi_path_info;
            fastcgi_param PATH_INFO $path_info;
            fastcgi_index index.php;

            """
                + Script
                + Parameters
        ),
        (
            "proxy_params",
            """
            proxy_set_header Host $http_host;
            proxy_set_header X-Real-IP $remote_addr;
            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
            proxy_set_header X-Forwarded-Proto $scheme;

            """
        ),
        (
            "letsencrypt/options-ssl-nginx.conf",
            """
            ssl_session_cache shared:le_nginx_SSL:10m;
            ssl_session_timeout 1440m;
            ssl_session_tickets off;
            ssl_protocols TLSv1.2 TLSv1.3;
            ssl_prefer_server_ciphers off;

            """
        ),
    ];

    /// <summary>The text of a file that isn't here; null where it isn't known.</summary>
    public static string? Find(string name) =>
        Array.Find(_texts, t => name == t.Name || name.EndsWith("/" + t.Name, StringComparison.Ordinal)).Text;
}

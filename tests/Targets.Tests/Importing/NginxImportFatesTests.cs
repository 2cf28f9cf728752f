using Confgen.Targets.Importing;
using Confgen.Targets.Nginx.Syntax;
using FsCheck;
using FsCheck.Fluent;

namespace Confgen.Targets.Tests.Importing;

/// <summary>Nothing is dropped in silence: every directive of every configuration has exactly one fate.</summary>
public sealed class NginxImportFatesTests
{
    private static readonly string[] Simple =
    [
        "proxy_pass http://127.0.0.1:3000",
        "proxy_pass http://app/",
        "proxy_pass http://$u:$p",
        "proxy_pass $unknown",
        "proxy_pass https://b.example.com/x",
        "grpc_pass grpc://127.0.0.1:1",
        "fastcgi_pass unix:/run/x.sock",
        "fastcgi_pass app",
        "fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name",
        "fastcgi_param SCRIPT_FILENAME /app/index.php",
        "fastcgi_param HTTPS on",
        "fastcgi_param A $b",
        "fastcgi_index app.php",
        "fastcgi_hide_header X-D",
        "fastcgi_intercept_errors on",
        "include fastcgi_params",
        "include snippets/fastcgi-php.conf",
        "try_files $uri $uri/ /index.php?$args",
        "error_page 404 /index.php",
        "return 301 https://$host$request_uri",
        "return 200 text",
        "return 444",
        "return $x",
        "rewrite ^/a/(.*)$ /$1 break",
        "rewrite ^/a$ /b permanent",
        "rewrite ^ /index.php last",
        "set $u 127.0.0.1",
        "set $p 80",
        "proxy_set_header Host $host",
        "proxy_set_header X-A \"\"",
        "proxy_set_header X-B $unknown",
        "proxy_set_header Upgrade $http_upgrade",
        "add_header X-C d",
        "add_header Cache-Control no-store always",
        "expires 1h",
        "root /srv",
        "alias /srv/",
        "try_files $uri $uri/ =404",
        "try_files $uri @x",
        "index index.php",
        "allow 10.0.0.0/8",
        "deny all",
        "auth_basic x",
        "auth_basic_user_file /u",
        "auth_request /a",
        "error_page 502 /a",
        "error_page 404 = @x",
        "client_max_body_size 1m",
        "proxy_read_timeout 5",
        "proxy_read_timeout x",
        "limit_req zone=z burst=3",
        "access_log off",
        "access_log /l main",
        "gzip on",
        "internal",
        "listen 443 ssl",
        "listen 80 default_server",
        "listen unix:/s",
        "server_name a.example.com *.b.example.com",
        "server_name ~^x",
        "server_name c.*",
        "ssl_certificate /c",
        "ssl_certificate_key /k",
        "ssl_protocols TLSv1",
        "ssl_ciphers HIGH",
        "satisfy any",
        "include nothing/*.conf",
        "include nothing.conf",
        "include part.conf",
        "frobnicate \"a b\" c",
        "proxy_redirect off",
        "resolver 127.0.0.1",
    ];

    private static readonly string[] Blocks =
    [
        "server",
        "location /",
        "location /a",
        "location /a/",
        "location = /a",
        "location ^~ /a/",
        "location ~ \\.x$",
        "location ~* (a|b",
        "location ~ \\.php$",
        "location ~ /\\.(?!a|bc).*",
        "location ^~ /a/b/",
        "location @x",
        "if ($host = a.example.com)",
        "if ($request_method = POST)",
        "if ($http_x ~ y)",
        "if (-f $request_filename)",
        "upstream app",
        "limit_except GET",
        "map $host $m",
        "stream",
        "types",
    ];

    [Fact]
    public void Every_directive_has_one_fate_and_what_comes_out_compiles()
    {
        Gen<string> line = Gen.Elements(Simple).Select(s => s + ";\n");
        Gen<string> inner = Gen.Elements(Blocks).SelectMany(b => line.ArrayOf(4).Select(ls => $"{b} {{\n{string.Concat(ls)}}}\n"));
        Gen<string> location = Gen.Elements(Blocks)
            .SelectMany(b => Gen.OneOf(line, inner).ArrayOf(6).Select(ls => $"{b} {{\n{string.Concat(ls)}}}\n"));
        Gen<string> server = Gen.OneOf(line, location, location).ArrayOf(8).Select(ls => $"server {{\n{string.Concat(ls)}}}\n");
        Gen<string> http = Gen.OneOf(line, server, server, location).ArrayOf(4).Select(ls => $"http {{\n{string.Concat(ls)}}}\n");
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Tries.Or(100)), Prop.ForAll(Arb.From(http), Holds));
    }

    private static void Holds(string text)
    {
        var files = new Dictionary<string, string>
        {
            ["/c/nginx.conf"] = text,
            ["/c/part.conf"] = "expires 2h;\nproxy_pass http://127.0.0.1:5;\n",
        };
        ImportResult result = NginxTexts.Import(files);
        int written = Count(NginxParser.Parse(text).File!);
        int part = result.Directives.Count(d => d.File == "/c/part.conf");

        Assert.True(part is 0 or 2);
        ImportReport.IsWhole(result, written + part, isLine: false);
    }

    private static int Count(NginxBlock block) => block.Directives.Sum(d => 1 + (d.Block is null ? 0 : Count(d.Block)));
}

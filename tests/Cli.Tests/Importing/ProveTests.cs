using System.Text.Json;
using Confgen.Cli.Tests.World;
using Confgen.Cli.Verifying;

namespace Confgen.Cli.Tests.Importing;

/// <summary><c>confgen import --prove</c>: the original and the spec get the same requests, on real programs.</summary>
public sealed class ProveTests
{
    // Names, ports and files that this machine doesn't have; all of it is played.
    private const string Same = """
        http {
            map $http_upgrade $connection_upgrade { default upgrade; '' close; }
            upstream app { server app.internal:3000; }
            server {
                listen 443 ssl;
                server_name app.example.com;
                ssl_certificate /nonexistent/a.pem;
                ssl_certificate_key /nonexistent/a.key;
                client_max_body_size 0;
                location / {
                    set $host_of_app files.internal;
                    proxy_pass http://$host_of_app:8080;
                    proxy_http_version 1.1;
                    proxy_set_header Host $host;
                    proxy_set_header Upgrade $http_upgrade;
                    proxy_set_header Connection $connection_upgrade;
                    proxy_set_header X-Forwarded-Proto $scheme;
                }
                location ~ \.php$ { return 403; }
                location = /ping { return 204; }
                location /docs/ { proxy_pass http://app; }
            }
        }
        """;

    private const string SameCaddyfile = """
        app.example.com {
            handle_path /api/* {
                reverse_proxy api.internal:3000
            }
            @get {
                method GET
                path /feed /feed/*
                header Accept *
            }
            redir @get https://feeds.example.com{uri} 307
            header X-Frame-Options DENY
            handle {
                reverse_proxy web.internal:3000
            }
        }
        """;

    [Theory]
    [InlineData("nginx", "nginx.conf", Same)]
    [InlineData("caddy", "Caddyfile", SameCaddyfile)]
    public void What_is_answered_alike_is_proven(string program, string file, string text)
    {
        if (IsMissing(program))
        {
            return;
        }

        using Session session = RealSession().With(file, text);
        Said said = session.Run("import", file, "--prove");
        Assert.Contains(": 0 differ", said.Error, StringComparison.Ordinal);
        said.Gives(0);
    }

    [Fact]
    public void Scripts_are_run_by_mocks_that_speak_FastCgi()
    {
        if (IsMissing("nginx"))
        {
            return;
        }

        const string Scripts = """
            server {
                listen 80;
                server_name shop.example.com;
                root /nonexistent/shop/public;
                index index.php;
                location / { try_files $uri $uri/ /index.php?$query_string; }
                location ~ ^/index\.php(/|$) {
                    fastcgi_pass unix:/nonexistent/fpm.sock;
                    fastcgi_param SCRIPT_FILENAME $realpath_root$fastcgi_script_name;
                    fastcgi_param APP_ENV prod;
                    include fastcgi_params;
                }
            }
            """;
        using Session session = RealSession().With("nginx.conf", Scripts);
        Said said = session.Run("import", "nginx.conf", "--prove");
        Assert.Contains(": 0 differ", said.Error, StringComparison.Ordinal);
        said.Gives(0);

        // What a script is told is compared.
        string text = Scripts.Replace("_params;", "_params; fastcgi_param QUERY_STRING fixed;", StringComparison.Ordinal);
        using Session other = RealSession().With("nginx.conf", text);
        Said wrong = other.Run("import", "nginx.conf", "--prove", "--allow-loss").Gives(1);
        Assert.Contains("differs: request: Query_string", wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_differs_is_shown_with_the_requests_and_is_an_exit_code()
    {
        if (IsMissing("nginx"))
        {
            return;
        }

        // A prefix of nginx' takes more than whole segments, which the report tells; that no fields are passed on is lost.
        string text = Same.Replace(
            """location ~ \.php$ { return 403; }""",
            "location /api { proxy_pass http://app; proxy_pass_request_headers off; }",
            StringComparison.Ordinal
        );
        using Session session = RealSession().With("nginx.conf", text);
        Said said = session.Run("import", "nginx.conf", "--prove", "--allow-loss", "--format", "json").Gives(1);
        using JsonDocument report = JsonDocument.Parse(said.Error);
        JsonElement proof = report.RootElement.GetProperty("proof");
        Assert.Contains(
            proof.GetProperty("differences").EnumerateArray(),
            d =>
                d.GetProperty("what").GetString() == "upstream"
                && d.GetProperty("request").GetString() == "GET https://app.example.com/apix"
                && d.GetProperty("original").GetString() == "app.internal:3000"
                && d.GetProperty("imported").GetString() == "files.internal:8080"
                && d.GetProperty("told").GetBoolean()
        );
        Assert.Contains(
            proof.GetProperty("differences").EnumerateArray(),
            d => d.GetProperty("what").GetString() == "request: Cookie" && !d.GetProperty("told").GetBoolean()
        );
        Assert.Contains("serve", proof.GetProperty("programs").EnumerateArray().Select(p => p.GetString()));
    }

    [Fact]
    public void A_configuration_that_its_program_refuses_is_told_as_such()
    {
        if (IsMissing("nginx"))
        {
            return;
        }

        using Session session = RealSession().With("nginx.conf", Same.Replace("return 204", "return", StringComparison.Ordinal));
        Assert.Contains("nginx doesn't run the configuration here", session.Run("import", "nginx.conf", "--prove").Gives(2).Error);
    }

    private static Session RealSession() => new() { Targets = null, Programs = null };

    private static bool IsMissing(string program) => Executables.Find(program, Environment.GetEnvironmentVariable) is null;
}

using Confgen.Targets.Caddy.Reading;
using Confgen.Targets.Importing;
using Confgen.Targets.Tests.InMemory;

namespace Confgen.Targets.Tests.Importing;

/// <summary>Labels of caddy-docker-proxy become the spec of the Caddyfile that the plugin makes of them.</summary>
public sealed class CaddyLabelImportTests
{
    private const string Compose = """
        services:
          caddy:
            image: lucaslorentz/caddy-docker-proxy
            labels:
              caddy.email: ops@example.com
              caddy_1: (secure)
              caddy_1.header.X-Frame-Options: DENY
          shop:
            image: shop
            expose: [3000]
            labels:
              caddy_0: shop.example.com
              caddy_0.import: secure
              caddy_0.@api.path: /api/*
              caddy_0.1_reverse_proxy: "@api {{upstreams 8080}}"
              caddy_0.2_reverse_proxy: "{{upstreams}}"
              caddy_1: www.shop.example.com
              caddy_1.redir: https://shop.example.com{uri}
          blog:
            image: blog
            labels:
              - caddy=${BLOG:-blog.example.com}
              - caddy.reverse_proxy={{upstreams https 8443}}
        """;

    private const string Caddyfile = """
        {
            email ops@example.com
        }
        (secure) {
            header X-Frame-Options DENY
        }
        shop.example.com {
            @api path /api/*
            import secure
            reverse_proxy @api shop:8080
            reverse_proxy shop:3000
        }
        www.shop.example.com {
            redir https://shop.example.com{uri}
        }
        {$BLOG:blog.example.com} {
            reverse_proxy https://blog:8443
        }
        """;

    [Fact]
    public void They_are_known_and_read_as_the_Caddyfile()
    {
        Assert.True(new CaddyImporter().Recognizes("compose.yaml", Compose));
        ImportResult result = Import("/c/compose.yaml", Compose);
        Assert.Null(result.Error);
        Assert.Equal(Sites(Import("/c/Caddyfile", Caddyfile).Spec!), Sites(result.Spec!));
        Assert.Equal(0, result.Count(ImportFate.Lost));
        Assert.All(result.Directives, static d => Assert.Equal("/c/compose.yaml, as a Caddyfile", d.File));
    }

    // Sites come in the order of the services' addresses.
    private static string[] Sites(string spec) =>
        [.. spec.Split('\n').Select(static line => line.Trim(' ', '-')).Order(StringComparer.Ordinal)];

    private static ImportResult Import(string name, string text) =>
        new CaddyImporter().Import(new ImportRequest([(name, text)], new MemoryFiles(new Dictionary<string, string>()), []));
}

using Confgen.Compiler.Rendering;
using Confgen.Targets.Traefik.Syntax;

namespace Confgen.Targets.Tests.Traefik;

public sealed class TraefikCheckerTests
{
    private const string Router = "http:\n  routers:\n    a: { rule: Host(`a`), service: noop@internal }\n";

    [Theory]
    [InlineData("http:\n  routers:\n    a: { rules: Host(`a`) }\n", "3:10 unknown key 'rules'")]
    [InlineData("http:\n  routers:\n    a: { rule: Host(`a` }\n", "3:16 invalid rule: ')' is missing behind the arguments of Host")]
    [InlineData(
        "http:\n  routers:\n    a: { rule: Host(`a`), priority: high }\n",
        "3:37 'http.routers.*.priority' is a whole number; this is 'high'"
    )]
    [InlineData("http:\n  routers:\n    a: { rule: Host(`a`), service: b }\n", "3:36 nothing in http.services is called 'b'")]
    [InlineData("http:\n  routers:\n    a: { middlewares: [m] }\n", "3:24 nothing in http.middlewares is called 'm'")]
    [InlineData("http:\n  middlewares:\n    a: { compress: { encodings: [gzip] } }\n", "3:22 'encodings' needs Traefik 3.2")]
    [InlineData(
        "http:\n  middlewares:\n    a: { retry: { attempts: 2, initialInterval: soon } }\n",
        "3:49 'http.middlewares.*.retry.initialInterval' is a duration; this is 'soon'"
    )]
    [InlineData(Router + "    # {{ env }}\n", "4:1 '{{' starts an action of Go's templates")]
    public void Faults_have_their_place(string text, string expected)
    {
        TraefikFinding finding = Assert.Single(TraefikChecker.Check("dynamic.yaml", text, TraefikKeys.Dynamic, new TargetVersion(3, 0)));
        Assert.Equal(expected, $"{finding.Span.Line}:{finding.Span.Column} {finding.Message}");
    }

    [Theory]
    [InlineData(Router, "3.0")]
    [InlineData("http:\n  middlewares:\n    a: { compress: { encodings: [gzip] } }\n", "3.2")]
    [InlineData("tls:\n  options:\n    default: { minVersion: VersionTLS12 }\n", "3.0")]
    public void What_Traefik_reads_passes(string text, string version)
    {
        Assert.True(TargetVersion.TryParse(version, out TargetVersion release));
        Assert.Empty(TraefikChecker.Check("dynamic.yaml", text, TraefikKeys.Dynamic, release));
    }
}

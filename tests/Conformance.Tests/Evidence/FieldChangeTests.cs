using Confgen.Compiler;
using Confgen.Compiler.Files;
using Confgen.Compiler.Rendering.Templating;
using Confgen.Compiler.Schema;
using Confgen.Targets;

namespace Confgen.Conformance.Tests.Evidence;

/// <summary>What becomes of a spec without a field, or with another value of it.</summary>
public sealed class FieldChangeTests
{
    private static readonly FieldCatalogue _catalogue = new CompilerHost(
        TargetCatalogue.All,
        new ScribanTemplates(_ => null),
        new DiskFileSystem(),
        _ => "1"
    ).Catalogue;

    [Theory]
    [InlineData(
        "route.strip_prefix",
        "sites: [{ host: a, routes: [{ path: /, strip_prefix: true }, { path: /b, strip_prefix: true }] }]",
        "strip_prefix"
    )]
    [InlineData("route.strip_prefix", "sites: [{ host: a, strip_prefix: true, proxy: app }]", "strip_prefix")]
    [InlineData("files.root", "sites: [{ host: a, files: www }]", "files")]
    [InlineData("server.url", "upstreams: { app: { servers: [{ url: 'http://127.0.0.1:1', weight: 2 }] } }", "url")]
    [InlineData("upstream_tls.cert", "upstreams: { app: { tls: { cert: c.pem, key: k.pem } } }", "cert")]
    [InlineData("upstream_tls.cert", "upstreams: { app: { tls: { cert: c.pem, key: k.pem } } }", "key")]
    public void A_field_is_taken_out_wherever_it_stands_with_what_needs_it(string field, string spec, string gone)
    {
        string? without = FieldChange.Without(_catalogue, spec, field);

        Assert.NotNull(without);
        Assert.DoesNotContain(gone + ":", without);
    }

    [Theory]
    [InlineData("route.host", "sites: [{ host: a, proxy: app }]")]
    [InlineData("route.strip_prefix", "sites: [{ host: a, headers: { response: { set: { strip_prefix: x } } } }]")]
    [InlineData("files.root", "sites: [{ host: a, files: { index: x } }]")]
    public void A_spec_without_the_field_has_nothing_to_take_out(string field, string spec) =>
        Assert.Null(FieldChange.Without(_catalogue, spec, field));

    [Theory]
    [InlineData("route.exact", "sites: [{ host: a, routes: [{ exact: /health }] }]", "/healthx")]
    [InlineData("redirect.to", "sites: [{ host: a, redirect: 'https://b.test:81/' }]", "https://b.test:82/")]
    [InlineData("server.url", "upstreams: { app: { servers: ['http://127.0.0.1:${A1}'] } }", "http://127.0.0.2:${A1}")]
    public void Another_value_differs_in_its_last_number_or_its_end_and_not_in_a_variable(string field, string spec, string other) =>
        Assert.Contains(FieldChange.WithOthers(_catalogue, spec, field), s => s.Contains(other, StringComparison.Ordinal));

    [Fact]
    public void A_list_and_a_map_lose_their_last_entry()
    {
        Assert.DoesNotContain(
            "/b",
            FieldChange.WithOthers(_catalogue, "sites: [{ host: a, routes: [{ path: /a }, { path: /b }] }]", "site.routes").First()
        );
        Assert.DoesNotContain("two", FieldChange.WithOthers(_catalogue, "upstreams: { one: u, two: v }", "spec.upstreams").First());
    }
}

using Confgen.Compiler.Tests.Support;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sites;

namespace Confgen.Compiler.Tests.Binding;

/// <summary>What a site has of the defaults: the fields that it doesn't write itself.</summary>
public sealed class DefaultsTests
{
    private const string Defaults = """
        defaults:
          tls: internal
          hsts: true
          http3: true
          compress: gzip
          log: off
          headers: { response: { set: { X-A: default } } }
          deny: [192.0.2.0/24]
          basic_auth: { users: { alice: "$2y$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy" } }

        """;

    [Fact]
    public void A_site_has_those_that_it_does_not_write_itself()
    {
        Site site = Sites("  - { host: a.example.com, respond: ok }\n").Single();

        Assert.Equal(CertificateSource.Internal, site.Tls?.Source);
        Assert.NotNull(site.Hsts);
        Assert.NotNull(site.RedirectHttp);
        Assert.True(site.Http3);
        Assert.Equal(443, site.Listen.Single().Port);
        Assert.Equal([ContentCoding.Gzip], site.Compress);
        Assert.Equal(AccessLogFormat.Off, site.Log?.Format);
        Assert.Equal("X-A", site.Headers.Response.Set.Single().Name);
        Assert.Equal("alice", site.Routes[0].BasicAuth?.Users.Single().Name);
        Assert.Single(site.Routes[0].Access.Deny);
    }

    [Fact]
    public void Its_own_take_their_place_whole()
    {
        Site site = Sites(
                "  - host: a.example.com\n    compress: []\n    basic_auth: off\n    headers: { response: { set: { X-B: own } } }\n"
                    + "    hsts: false\n    respond: ok\n"
            )
            .Single();

        Assert.Empty(site.Compress);
        Assert.Null(site.Hsts);
        Assert.Equal("X-B", site.Headers.Response.Set.Single().Name);
        Assert.Null(site.Routes[0].BasicAuth);
    }

    [Fact]
    public void A_site_without_TLS_has_none_that_need_it()
    {
        Site site = Sites("  - { host: a.example.com, tls: off, respond: ok }\n").Single();

        Assert.Null(site.Tls);
        Assert.Null(site.Hsts);
        Assert.False(site.Http3);
        Assert.Null(site.RedirectHttp);
        Assert.Equal(80, site.Listen.Single().Port);
    }

    [Fact]
    public void An_error_is_reported_once_where_it_is_written()
    {
        Compilation compiled = Compile.Text(
            "defaults: { compress: lzma }\nsites:\n  - { host: a.example.com, respond: ok }\n  - { host: b.example.com, respond: ok }\n"
        );

        Diagnostic error = Assert.Single(compiled.Diagnostics, d => d.Severity == Severity.Error);
        Assert.Equal((1, 23), (error.Span.Line, error.Span.Column));
    }

    [Fact]
    public void So_is_one_that_no_site_has()
    {
        Compilation compiled = Compile.Text(
            "defaults: { compress: lzma, errors: { 404: { proxy: app } } }\nupstreams: { app: \"http://127.0.0.1:3000\" }\n"
                + "sites:\n  - { host: a.example.com, compress: gzip, respond: ok }\n"
        );

        Assert.Single(compiled.Diagnostics, d => d.Severity == Severity.Error);
    }

    private static ValueList<Site> Sites(string sites)
    {
        Compilation compiled = Compile.Text(Defaults + "sites:\n" + sites);
        Assert.DoesNotContain(compiled.Diagnostics, d => d.Severity == Severity.Error);
        return compiled.Spec?.Sites ?? [];
    }
}

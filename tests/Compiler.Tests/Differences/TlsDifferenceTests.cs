using Confgen.Compiler.Tests.Support;
using Confgen.Model;
using Confgen.Model.Differences;

namespace Confgen.Compiler.Tests.Differences;

/// <summary>Specs that differ in TLS or in a tunnel alone: each pair gives one difference with its risk.</summary>
public sealed class TlsDifferenceTests
{
    private const string Files = "cert: /a.pem, key: /a.key";
    private const string Cipher = "ECDHE-RSA-AES128-GCM-SHA256";
    private const string What = "https://a.test";

    [Theory]
    [InlineData("", ", min_version: 1.3", $"Breakage: clients of {What} that know TLS 1.2 alone can't connect")]
    [InlineData(", min_version: 1.3", "", $"Exposure: {What} accepts TLS 1.2 again")]
    [InlineData("", $", ciphers: [{Cipher}]", $"Breakage: clients of {What} that know none of the cipher suites can't connect")]
    [InlineData($", ciphers: [{Cipher}]", "", $"Change: {What} speaks TLS in another way")]
    [InlineData(
        $", ciphers: [{Cipher}, ECDHE-ECDSA-AES128-GCM-SHA256]",
        $", ciphers: [{Cipher}]",
        $"Breakage: clients of {What} that know none of the other cipher suites can't connect"
    )]
    [InlineData("", ", client_ca: /ca.pem", $"Breakage: clients of {What} need a certificate")]
    [InlineData(", client_ca: /ca.pem", "", $"Exposure: {What} is open to clients without a certificate")]
    [InlineData(", client_ca: /ca.pem", ", client_ca: /cb.pem", $"Exposure: certificates of another authority let clients in at {What}")]
    [InlineData(
        ", min_version: 1.3",
        ", client_ca: /ca.pem",
        $"Exposure: {What} accepts TLS 1.2 again; clients of {What} need a certificate"
    )]
    public void Tls_of_a_site(string old, string @new, string expected) =>
        Assert.Equal([expected], Of(Site($"tls: {{ {Files}{old} }}"), Site($"tls: {{ {Files}{@new} }}")));

    [Theory]
    [InlineData($"{{ {Files} }}", "{ cert: /b.pem, key: /a.key }")]
    [InlineData($"{{ {Files} }}", "{ cert: /a.pem, key: /b.key }")]
    [InlineData($"{{ {Files} }}", "auto")]
    [InlineData("auto", "internal")]
    [InlineData("internal", $"{{ {Files} }}")]
    public void A_certificate_from_elsewhere(string old, string @new) =>
        Assert.Equal([$"Breakage: {What} shows another certificate"], Of(Site("tls: " + old), Site("tls: " + @new)));

    [Theory]
    [InlineData("true", "false", $"Exposure: {What} is no longer protected by Strict-Transport-Security")]
    [InlineData("false", "true", $"Change: responses of {What} have other header fields")]
    [InlineData("true", "{ max_age: 1d }", $"Exposure: browsers forget sooner that {What} has TLS")]
    [InlineData("{ max_age: 1d }", "true", $"Change: responses of {What} have other header fields")]
    [InlineData("true", "{ include_subdomains: true }", $"Breakage: browsers can't reach subdomains of {What} that have no TLS")]
    [InlineData("{ include_subdomains: true }", "true", $"Exposure: browsers no longer insist on TLS for the subdomains of {What}")]
    public void Strict_transport_security(string old, string @new, string expected) =>
        Assert.Equal([expected], Of(Site("tls: auto", "hsts: " + old), Site("tls: auto", "hsts: " + @new)));

    [Fact]
    public void A_redirect_to_https_comes_and_goes()
    {
        (string with, string without) = (Site("tls: auto"), Site("tls: auto", "redirect_http: false"));
        Assert.Equal(
            ["Change: http://* gets 404, and no connection before", "Change: http://a.test is redirected"],
            Of(without, with).Order(StringComparer.Ordinal)
        );
        Assert.Equal(
            [
                "Breakage: http://* no longer gets a response of this proxy: bookmarks end there",
                "Breakage: http://a.test no longer gets a response of this proxy: bookmarks end there",
            ],
            Of(with, without).Order(StringComparer.Ordinal)
        );
        Assert.Equal(["Change: http://a.test is redirected"], Of(with, Site("tls: auto", "redirect_http: 301")));
    }

    [Theory]
    [InlineData(
        "https",
        "verify: true",
        "https",
        "verify: false",
        "Exposure: whoever sits between the proxy and the servers can read and change the traffic: " + "certificates are no longer verified"
    )]
    [InlineData(
        "https",
        "verify: false",
        "https",
        "verify: true",
        "Breakage: servers of http://a.test whose certificate doesn't fit get no requests: 502"
    )]
    [InlineData(
        "https",
        "verify: true",
        "https",
        "ca: /ca.pem",
        "Breakage: servers of http://a.test whose certificate doesn't fit get no requests: 502"
    )]
    [InlineData(
        "https",
        "ca: /ca.pem",
        "https",
        "verify: true",
        "Exposure: every authority that the system trusts may vouch for the servers of http://a.test"
    )]
    [InlineData(
        "https",
        "server_name: b.test",
        "https",
        "server_name: c.test",
        "Breakage: servers of http://a.test whose certificate doesn't fit get no requests: 502"
    )]
    [InlineData(
        "https",
        "cert: /c.pem, key: /c.key",
        "https",
        "verify: true",
        "Breakage: servers of http://a.test that ask for a client certificate get none"
    )]
    [InlineData(
        "https",
        "verify: true",
        "https",
        "cert: /c.pem, key: /c.key",
        "Change: the proxy speaks TLS to the servers of http://a.test in another way"
    )]
    [InlineData(
        "https",
        "verify: true",
        "http",
        "",
        "Change: requests for http://a.test go to other servers|Exposure: the traffic to the servers of "
            + "http://a.test can be read on its way: no TLS"
    )]
    [InlineData(
        "http",
        "",
        "https",
        "verify: true",
        "Change: requests for http://a.test go to other servers|Change: the proxy speaks TLS to the servers " + "of http://a.test"
    )]
    public void Tls_to_servers(string oldScheme, string old, string newScheme, string @new, string expected) =>
        Assert.Equal(expected.Split('|'), Of(Upstream(oldScheme, old), Upstream(newScheme, @new)).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("", ", tls: { cert: /t.pem, key: /t.key }", "", "", "Breakage: the tunnel 'home' changes: both sides must be deployed")]
    [InlineData(", tls: { cert: /t.pem, key: /t.key }", "", "", "", "Exposure: the tunnel 'home' is no longer encrypted")]
    [InlineData(
        ", tls: { cert: /t.pem, key: /t.key }",
        ", tls: { cert: /u.pem, key: /u.key }",
        "",
        "",
        "Breakage: the portal of the tunnel 'home' shows another certificate to bridges"
    )]
    [InlineData(
        ", tls: { cert: /t.pem, key: /t.key }",
        ", tls: { cert: /t.pem, key: /t.key }",
        ", ca: /ca.pem",
        "",
        "Exposure: every authority that the system trusts may vouch for the portal of the tunnel 'home'"
    )]
    [InlineData(
        ", tls: { cert: /t.pem, key: /t.key }",
        ", tls: { cert: /t.pem, key: /t.key }",
        "",
        ", ca: /ca.pem",
        "Breakage: the tunnel 'home' changes: both sides must be deployed"
    )]
    [InlineData("", ", entry: 127.0.0.1:2000", "", "", "Breakage: the tunnel 'home' changes: both sides must be deployed")]
    [InlineData(
        "",
        ", entry: 0.0.0.0:2000",
        "",
        "",
        "Exposure: whoever reaches 0.0.0.0:2000 reaches the service behind the tunnel 'home', past every " + "site's guards"
    )]
    [InlineData(
        "",
        "",
        "",
        ", connections: 8",
        "Change: the tunnel 'home' keeps another number of connections: its private side must be deployed"
    )]
    public void A_tunnel(string oldPortal, string newPortal, string oldBridge, string newBridge, string expected) =>
        Assert.Equal([expected], Of(Tunnel(oldPortal, oldBridge), Tunnel(newPortal, newBridge)));

    [Fact]
    public void A_tunnel_to_another_service_or_with_another_secret()
    {
        string spec = Tunnel("", "");
        Assert.Equal(
            ["Change: requests through the tunnel 'home' go to another service: its private side must be deployed"],
            Of(spec, spec.Replace(":80\"", ":81\"", StringComparison.Ordinal))
        );
        Assert.Equal(
            ["Breakage: the secret of the tunnel 'home' changes: both sides need it at once"],
            Of(spec, spec.Replace("0123456789abcdef", "fedcba9876543210", StringComparison.Ordinal))
        );
    }

    [Fact]
    public void No_pair_prints_one_text_for_both_sides()
    {
        string spec = Tunnel(", tls: { cert: /t.pem, key: /t.key }", "");
        string[] others =
        [
            Tunnel(", tls: { cert: /u.pem, key: /t.key }", ""),
            Tunnel(", tls: { cert: /t.pem, key: /t.key }, entry: 2000", ""),
            Tunnel(", tls: { cert: /t.pem, key: /t.key }", ", ca: /ca.pem"),
        ];
        Assert.All(others.SelectMany(o => Compare(spec, o)), d => Assert.NotEqual(d.Old, d.New));
    }

    private static string Site(params string[] fields) =>
        "sites:\n  - host: a.test\n    respond: ok\n" + string.Concat(fields.Select(f => $"    {f}\n"));

    private static string Upstream(string scheme, string tls) =>
        $"upstreams: {{ app: {{ servers: [\"{scheme}://app.test:1\"]{(tls.Length > 0 ? $", tls: {{ {tls} }}" : "")} }} }}\n"
        + "sites: [{ host: a.test, proxy: app }]\n";

    private static string Tunnel(string portal, string bridge) =>
        $"tunnels:\n  home:\n    portal: {{ listen: 1024, public: t.test{portal} }}\n"
        + $"    bridge: {{ forward: \"http://127.0.0.1:80\"{bridge} }}\n"
        + "    secret: \"0123456789abcdef\"\nsites: [{ host: a.test, proxy: \"tunnel:home\" }]\n";

    private static string[] Of(string old, string @new) => [.. Compare(old, @new).Select(d => $"{d.Risk}: {d.Consequence}")];

    private static IReadOnlyList<Difference> Compare(string old, string @new)
    {
        (Spec? before, Spec? after) = (Compile.Text(old).Spec, Compile.Text(@new).Spec);
        Assert.NotNull(before);
        Assert.NotNull(after);
        return SpecComparer.Compare(before, after).Differences;
    }
}

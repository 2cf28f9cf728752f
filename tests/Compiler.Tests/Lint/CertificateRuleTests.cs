using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Confgen.Compiler.Tests.Support;

namespace Confgen.Compiler.Tests.Lint;

/// <summary>A certificate that can be read is looked at.</summary>
public sealed class CertificateRuleTests
{
    private const string Spec =
        "sites:\n  - { host: [a.example.com, \"*.b.example.com\"], tls: { cert: c.pem, key: c.key }, hsts: true, proxy: "
        + "\"http://127.0.0.1:3000\" }\n";
    private static readonly DateTimeOffset _now = DateTimeOffset.UtcNow;

    [Fact]
    public void A_good_one_is_nothing_to_speak_of() => Assert.Null(Said(_now.AddDays(-1), _now.AddDays(90)));

    [Fact]
    public void Expired() => Assert.Contains("has expired on", Said(_now.AddDays(-90), _now.AddDays(-1)));

    [Fact]
    public void Expires_within_a_week() => Assert.Contains("expires on", Said(_now.AddDays(-90), _now.AddDays(3)));

    [Fact]
    public void Not_yet_valid() => Assert.Contains("is not valid before", Said(_now.AddDays(1), _now.AddDays(90)));

    [Fact]
    public void For_other_names() =>
        Assert.Contains(
            "is not for 'a.example.com'",
            Said(_now.AddDays(-1), _now.AddDays(90), names: ["c.example.com", "*.b.example.com"])
        );

    [Fact]
    public void A_wildcard_host_needs_a_wildcard_name() =>
        Assert.Contains(
            "is not for '*.b.example.com'",
            Said(_now.AddDays(-1), _now.AddDays(90), names: ["a.example.com", "x.b.example.com"])
        );

    [Fact]
    public void With_anothers_key()
    {
        using ECDsa other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.Contains("is another certificate's", Said(_now.AddDays(-1), _now.AddDays(90), key: other.ExportPkcs8PrivateKeyPem()));
    }

    [Fact]
    public void With_a_chain_out_of_order() =>
        Assert.Contains(
            "out of order",
            Said(_now.AddDays(-1), _now.AddDays(90), chain: Make(["ca.example.com"], _now.AddDays(-1), _now.AddDays(90)).Pem)
        );

    [Fact]
    public void No_certificate_at_all() => Assert.Contains("holds no certificate", Findings("hello\n", "hello\n"));

    [Fact]
    public void A_file_that_is_not_here_is_not_looked_at() =>
        Assert.DoesNotContain(
            Compile.Text(Spec.Replace("c.pem", "/etc/nowhere/c.pem").Replace("c.key", "/etc/nowhere/c.key")).Diagnostics,
            d => d.Rule.Code == "CFG0335"
        );

    private static string? Said(DateTimeOffset from, DateTimeOffset until, string[]? names = null, string? key = null, string chain = "")
    {
        (string pem, string own) = Make(names ?? ["a.example.com", "*.b.example.com"], from, until);
        return Findings(pem + "\n" + chain, key ?? own);
    }

    private static string? Findings(string pem, string key) =>
        Compile
            .Text(Spec, new Dictionary<string, string> { ["c.pem"] = pem, ["c.key"] = key })
            .Diagnostics.SingleOrDefault(d => d.Rule.Code == "CFG0335")
            ?.Message;

    private static (string Pem, string Key) Make(string[] names, DateTimeOffset from, DateTimeOffset until)
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + names[0], key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        Array.ForEach(names, alternatives.AddDnsName);
        request.CertificateExtensions.Add(alternatives.Build());
        using X509Certificate2 certificate = request.CreateSelfSigned(from, until);
        return (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }
}

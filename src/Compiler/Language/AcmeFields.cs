using Confgen.Compiler.Schema;
using Confgen.Model.Acme;

namespace Confgen.Compiler.Language;

/// <summary>The fields of <c>acme</c>.</summary>
public static class AcmeFields
{
    /// <summary>The challenges by their registered names.</summary>
    public static readonly IReadOnlyList<(string Word, AcmeChallenge Value)> ChallengeWords =
    [
        ("http-01", AcmeChallenge.Http),
        ("tls-alpn-01", AcmeChallenge.TlsAlpn),
        ("dns-01", AcmeChallenge.Dns),
    ];

    public static readonly Field Email = new(
        "email",
        TypeSchema.Text,
        "Where the authority writes to, as when certificates must be replaced."
    )
    {
        Example = "ops@example.com",
    };

    public static readonly TextField Ca = new(
        "ca",
        "The URL of the authority's directory: `https`, or `http` at a loopback address.",
        AcmeSettings.DefaultCa
    )
    {
        Example = "https://acme-staging-v02.api.letsencrypt.org/directory",
    };

    public static readonly Field CaRoot = new(
        "ca_root",
        TypeSchema.Path,
        "A PEM file with the authorities that the directory's own certificate is verified by; the system's unless written."
    )
    {
        Example = "/etc/ssl/step-ca.pem",
    };

    public static readonly Field Eab = new(
        "eab",
        new TypeSchema.Fields(() => AcmeEabFields.Schema),
        "External account binding: the customer's account at the authority that the ACME account belongs to."
    )
    {
        Example = "{ key_id: k1, mac_key: \"${ACME_MAC_KEY}\" }",
    };

    public static readonly Field Profile = new(
        "profile",
        TypeSchema.Text,
        "The kind of certificate, by the authority's own name for it; its usual kind unless written."
    )
    {
        Example = "shortlived",
    };

    public static readonly Field Storage = new(
        "storage",
        TypeSchema.Path,
        "The folder of accounts, keys and certificates; several processes may share it. `acme` below `--state` unless written."
    )
    {
        Example = "/var/lib/confgen/acme",
    };

    public static readonly Field Challenges = new(
        "challenges",
        new TypeSchema.ListOf(new TypeSchema.Choice([.. ChallengeWords.Select(c => c.Word)]), AllowSingle: true) { NotEmpty = true },
        "How names are proven; where one fails the next attempt takes the next. Wildcards take `dns-01`."
    )
    {
        Default = "[http-01, tls-alpn-01], or dns-01 beside `dns`",
        Example = "[tls-alpn-01]",
    };

    public static readonly Field Dns = new(
        "dns",
        new TypeSchema.Fields(() => AcmeDnsFields.Schema),
        "How TXT records are written for `dns-01`."
    )
    {
        Example = "{ exec: [/usr/local/bin/dns-hook] }",
    };

    public static readonly ObjectSchema Schema = new(
        "acme",
        "Where the certificates of `tls: auto` come from (ACME, RFC 8555). It may be left out: then they are Let's Encrypt's.",
        Email,
        Ca,
        CaRoot,
        Eab,
        Profile,
        Storage,
        Challenges,
        Dns
    );

    /// <summary>The fields of it and of what stands in it.</summary>
    public static readonly IReadOnlyList<Field> All =
    [
        .. Schema.Fields,
        .. AcmeEabFields.Schema.Fields,
        .. AcmeMacKeyFields.Schema.Fields,
        .. AcmeDnsFields.Schema.Fields,
    ];
}

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Confgen.Compiler.Files;
using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sites;
using Confgen.Model.Sources;
using Confgen.Model.Units;

namespace Confgen.Compiler.Lint.Rules.Tls;

/// <summary>A certificate that this machine can read is looked at: its time, its names, its key and the order of its chain.</summary>
internal sealed class CertificateRule : LintRule
{
    private const int MostBytes = 1024 * 1024;
    private static readonly TimeSpan _soon = TimeSpan.FromDays(7);

    public static readonly Rule Definition = new(
        "CFG0335",
        "bad-certificate",
        Severity.Warning,
        "A certificate that clients or programs will refuse"
    )
    {
        Why =
            "The files of `tls` that can be read on this machine are looked at. A certificate that has expired, is not yet valid, or "
            + "lacks the site's name is refused by browsers; one with another's key, or a chain in the wrong order, is refused by "
            + "programs or by clients. Files that can't be read here are not looked at.",
        Bad = """
            sites:
              - host: a.example.com
                tls: { cert: old.pem, key: old.key }
                hsts: true
                proxy: http://127.0.0.1:3000

            """,
        Good = """
            sites:
              - host: a.example.com
                tls: { cert: /etc/ssl/a.pem, key: /etc/ssl/a.key }
                hsts: true
                proxy: http://127.0.0.1:3000

            """,
        Files = new Dictionary<string, string>(StringComparer.Ordinal) { ["old.pem"] = ExpiredCertificate.Pem, ["old.key"] = "\n" },
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach (Site site in spec.Sites)
        {
            if (site.Tls is { Cert: { } cert } tls && Read(context, cert) is { } pem)
            {
                CheckFile(context, site, tls, pem);
            }
        }
    }

    private static void CheckFile(LintContext context, Site site, SiteTls tls, string pem)
    {
        var chain = new X509Certificate2Collection();
        try
        {
            chain.ImportFromPem(pem);
        }
        catch (CryptographicException)
        {
            chain.Clear();
        }

        SourceSpan at = tls.At.Of(TlsFields.Cert);
        if (chain.Count == 0)
        {
            context.Report(
                at,
                $"'{tls.Cert}' holds no certificate in PEM form",
                "name the PEM file with the certificate, the site's own first"
            );
            return;
        }

        X509Certificate2 leaf = chain[0];
        try
        {
            (string Message, string Hint)? fault = Time(leaf, context.Now) ?? Names(leaf, site) ?? Key(context, leaf, tls) ?? Order(chain);
            if (fault is var (message, hint))
            {
                context.Report(at, message, hint);
            }
        }
        finally
        {
            foreach (X509Certificate2 certificate in chain)
            {
                certificate.Dispose();
            }
        }
    }

    private static (string, string)? Time(X509Certificate2 leaf, DateTimeOffset now)
    {
        DateTime utc = now.UtcDateTime;
        DateTime from = leaf.NotBefore.ToUniversalTime();
        DateTime until = leaf.NotAfter.ToUniversalTime();
        return until < utc ? (string.Create(null, $"the certificate has expired on {until:yyyy-MM-dd}"), "renew it")
            : from > utc
                ? (
                    string.Create(null, $"the certificate is not valid before {from:yyyy-MM-dd}"),
                    "is the clock right? else take the certificate that is valid now"
                )
            : until - utc < _soon ? (string.Create(null, $"the certificate expires on {until:yyyy-MM-dd}"), "renew it")
            : null;
    }

    private static (string, string)? Names(X509Certificate2 leaf, Site site)
    {
        string[] missing =
        [
            .. site
                .Hosts.Where(h => h.Kind is HostPatternKind.Exact or HostPatternKind.Wildcard && !Covers(leaf, h))
                .Select(h => h.ToString()),
        ];
        return missing.Length == 0
            ? null
            : (
                $"the certificate is not for '{missing[0]}'{(missing.Length > 1 ? $" and {missing.Length - 1} more hosts" : "")}",
                "take the certificate of this site, or one that lists its names"
            );
    }

    // A wildcard host is covered by the same wildcard name alone; any label under it shows whether there is one.
    private static bool Covers(X509Certificate2 leaf, HostPattern host)
    {
        string name = host.Kind == HostPatternKind.Wildcard ? "confgen-any-label." + host.Name : host.Name.Trim('[', ']');
        try
        {
            return leaf.MatchesHostname(name, allowWildcards: true, allowCommonName: true);
        }
        catch (ArgumentException)
        {
            return true;
        }
    }

    private static (string, string)? Key(LintContext context, X509Certificate2 leaf, SiteTls tls)
    {
        if (
            tls.Key is not { } file
            || Read(context, file) is not { } pem
            || !pem.Contains("PRIVATE KEY", StringComparison.Ordinal)
            || pem.Contains("ENCRYPTED", StringComparison.Ordinal)
        )
        {
            return null;
        }

        try
        {
            using X509Certificate2 pair = X509Certificate2.CreateFromPem(leaf.ExportCertificatePem(), pem);
            return null;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return ($"the key in '{file}' is another certificate's", "name the key that the certificate was made with");
        }
    }

    private static (string, string)? Order(X509Certificate2Collection chain)
    {
        for (int i = 1; i < chain.Count; i++)
        {
            if (!chain[i - 1].IssuerName.RawData.AsSpan().SequenceEqual(chain[i].SubjectName.RawData))
            {
                return (
                    "the certificates in the file are out of order",
                    "the site's own stands first, then its issuer's, then that one's issuer's"
                );
            }
        }

        return null;
    }

    private static string? Read(LintContext context, string file)
    {
        try
        {
            return context.Files.FileExists(file) ? context.Files.ReadText(file, MostBytes) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

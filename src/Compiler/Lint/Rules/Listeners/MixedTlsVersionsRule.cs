using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sites;

namespace Confgen.Compiler.Lint.Rules.Listeners;

/// <summary>The TLS version is chosen before some programs look at the name.</summary>
internal sealed class MixedTlsVersionsRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0205",
        "mixed-tls-versions",
        Severity.Warning,
        "Sites of one listener that ask for different TLS versions"
    )
    {
        Why =
            "Some programs agree on the version before they know which host is asked for, so one `min_version` holds for the whole "
            + "listener, and a site may be served with an older version than it wants. Say the same in all sites of the listener, or use "
            + "another port.",
        Bad = """
            sites:
              - host: a.example.com
                tls: { from: internal, min_version: "1.3" }
                proxy: http://127.0.0.1:3000
              - { host: b.example.com, tls: internal, proxy: "http://127.0.0.1:3001" }

            """,
        Good = """
            sites:
              - host: a.example.com
                tls: { from: internal, min_version: "1.3" }
                proxy: http://127.0.0.1:3000
              - host: b.example.com
                tls: { from: internal, min_version: "1.3" }
                proxy: http://127.0.0.1:3001

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        var first = new Dictionary<ListenAddress, Site>();
        foreach (Site site in spec.Sites)
        {
            foreach (ListenAddress listen in site.Tls is null ? [] : site.Listen)
            {
                if (
                    !first.TryAdd(listen, site)
                    && first[listen] is var other
                    && site.Tls is { } tls
                    && other.Tls is { } others
                    && tls.MinVersion != others.MinVersion
                )
                {
                    (Site strict, Site lax) = tls.MinVersion == TlsVersion.Tls13 ? (site, other) : (other, site);
                    context.Report(
                        strict.Tls?.At.Of(TlsFields.MinVersion) ?? strict.At.Of("tls"),
                        $"TLS 1.3 at least, on {listen}, where another site allows 1.2",
                        "say the same in both, or use another port",
                        new RelatedSpan(lax.At.Of("tls"), "the other site")
                    );
                }
            }
        }
    }
}

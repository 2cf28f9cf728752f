using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;
using Confgen.Model.Sites;

namespace Confgen.Compiler.Lint.Rules.Tls;

/// <summary>Browsers don't believe HSTS over plain HTTP.</summary>
internal sealed class HstsWithoutTlsRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0362",
        "hsts-over-plain-http",
        Severity.Warning,
        "Strict-Transport-Security on a site without TLS"
    )
    {
        Why =
            "Browsers ignore the header on a plain connection (RFC 6797, section 8.1), since anybody could have added it. Give the site "
            + "TLS and say `hsts: true`. Where TLS ends in front of this proxy, name that peer in `trusted_proxies`.",
        Bad = """
            sites:
              - host: a.example.com
                proxy: http://127.0.0.1:3000
                headers: { response: { set: { Strict-Transport-Security: max-age=31536000 } } }

            """,
        Good = """
            sites:
              - { host: a.example.com, tls: internal, hsts: true, proxy: "http://127.0.0.1:3000" }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach (Site site in spec.TrustedProxies.Count > 0 ? [] : spec.Sites.Where(s => s.Tls is null))
        {
            foreach (
                HeaderValue value in site
                    .Routes.Select(r => r.Headers.Response)
                    .Prepend(site.Headers.Response)
                    .SelectMany(e => e.Set.Concat(e.Add))
            )
            {
                if (value.Name.Equals("Strict-Transport-Security", StringComparison.OrdinalIgnoreCase))
                {
                    context.Report(
                        value.At.Span,
                        "browsers ignore this header without TLS",
                        "add 'tls', and 'hsts: true' instead of this rule"
                    );
                }
            }
        }
    }
}

using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sites;

namespace Confgen.Compiler.Lint.Rules.Tls;

/// <summary>The preload list has conditions.</summary>
internal sealed class HstsPreloadRule : LintRule
{
    private static readonly TimeSpan _least = TimeSpan.FromDays(365);

    public static readonly Rule Definition = new(
        "CFG0336",
        "hsts-preload-requirements",
        Severity.Warning,
        "HSTS preloading that the list would refuse"
    )
    {
        Why =
            "Browsers' preload list (hstspreload.org) takes a host that sends `max-age` of a year or more and `includeSubDomains`, and "
            + "that redirects from http on the same host. Without these `preload` does nothing. Getting off the list takes months: ask "
            + "for it only where every subdomain has TLS for good.",
        Bad = """
            sites:
              - host: example.com
                tls: internal
                hsts: { preload: true }
                proxy: http://127.0.0.1:3000

            """,
        Good = """
            sites:
              - host: example.com
                tls: internal
                hsts: { max_age: 1y, include_subdomains: true, preload: true }
                proxy: http://127.0.0.1:3000

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach (Site site in spec.Sites)
        {
            if (site.Hsts is { Preload: true } hsts)
            {
                string? missing =
                    !hsts.IncludeSubdomains ? "'include_subdomains: true'"
                    : hsts.MaxAge < _least ? "'max_age: 1y' or more"
                    : site.RedirectHttp is null or { Port: not 80 } ? "the redirect from port 80"
                    : null;
                if (missing is not null)
                {
                    context.Report(
                        hsts.At.Of(HstsFields.Preload),
                        $"the preload list asks for {missing}",
                        "add it, or leave 'preload' out"
                    );
                }
            }
        }
    }
}

using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sites;

namespace Confgen.Compiler.Lint.Rules.Tls;

/// <summary>Browsers speak TLS to port 443, and plain HTTP to port 80.</summary>
internal sealed class PortAndTlsDisagreeRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0334",
        "port-and-tls-disagree",
        Severity.Warning,
        "Port 443 without TLS, or port 80 with TLS"
    )
    {
        Why =
            "A browser speaks TLS to port 443 and plain HTTP to port 80, so nobody reaches the site. TLS comes from `tls:`, not from the "
            + "port. Where another program in front ends TLS, choose another port, such as 8443.",
        Bad = """
            sites:
              - { host: a.example.com, listen: 443, proxy: "http://127.0.0.1:3000" }

            """,
        Good = """
            sites:
              - { host: a.example.com, tls: auto, hsts: true, proxy: "http://127.0.0.1:3000" }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach (Site site in spec.Sites)
        {
            foreach (ListenAddress listen in site.Listen.Where(l => l.At.Span.IsSome))
            {
                if (site.Tls is null && listen.Port == 443)
                {
                    context.Report(
                        listen.At.Span,
                        "port 443 without TLS: it serves plain HTTP",
                        "add 'tls: auto' (ACME), 'tls: internal' (self-signed) or 'tls: { cert: FILE, key: FILE }'"
                    );
                }
                else if (site.Tls is not null && listen.Port == 80 && site.RedirectHttp is not { Port: 80 })
                {
                    context.Report(
                        listen.At.Span,
                        "port 80 with TLS: browsers speak plain HTTP to it",
                        "remove it from 'listen', and 'redirect_http: false': port 80 then redirects to https"
                    );
                }
            }
        }
    }
}

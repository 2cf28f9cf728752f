using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sites;

namespace Confgen.Compiler.Lint.Rules.Listeners;

/// <summary>A listener speaks TLS or it doesn't.</summary>
internal sealed class ListenerTlsRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0201",
        "listener-with-and-without-tls",
        Severity.Error,
        "A listener used both with and without TLS"
    )
    {
        Why =
            "The first bytes of a connection are a TLS handshake or a plain request; the host is known only afterwards. So all sites of a "
            + "listener have TLS, or none has.",
        Bad = """
            sites:
              - { host: a.example.com, listen: 8443, tls: internal, proxy: "http://127.0.0.1:3000" }
              - { host: b.example.com, listen: 8443, proxy: "http://127.0.0.1:3001" }

            """,
        Good = """
            sites:
              - { host: a.example.com, listen: 8443, tls: internal, proxy: "http://127.0.0.1:3000" }
              - { host: b.example.com, listen: 8443, tls: internal, proxy: "http://127.0.0.1:3001" }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        var first = new Dictionary<ListenAddress, Site>();
        foreach (Site site in spec.Sites)
        {
            foreach (ListenAddress listen in site.Listen)
            {
                if (!first.TryAdd(listen, site) && first[listen] is var other && (other.Tls is null) != (site.Tls is null))
                {
                    string message = site.Tls is null
                        ? $"no TLS on {listen}, where another site has it"
                        : $"TLS on {listen}, where another site has none";
                    context.Report(
                        site.At.Of(site.At.Wrote(SiteFields.Tls) ? "tls" : "listen"),
                        message,
                        "use another port for one of them",
                        new RelatedSpan(other.At.Of(SiteFields.Listen), "the other site")
                    );
                }
            }
        }
    }
}

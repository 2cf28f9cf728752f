using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sites;

namespace Confgen.Compiler.Lint.Rules.Listeners;

/// <summary>HTTP/2 and HTTP/3 belong to a listener.</summary>
internal sealed class ListenerProtocolsRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0204",
        "listener-protocols-differ",
        Severity.Warning,
        "Sites of one listener that disagree on HTTP/2 or HTTP/3"
    )
    {
        Why =
            "Most programs offer a protocol on a listener, to every host behind it: what one site switches off another would switch on "
            + "again. Say the same in all sites of the listener, or use another port.",
        Bad = """
            sites:
              - { host: a.example.com, tls: internal, proxy: "http://127.0.0.1:3000" }
              - { host: b.example.com, tls: internal, http2: false, proxy: "http://127.0.0.1:3001" }

            """,
        Good = """
            sites:
              - { host: a.example.com, tls: internal, http2: false, proxy: "http://127.0.0.1:3000" }
              - { host: b.example.com, tls: internal, http2: false, proxy: "http://127.0.0.1:3001" }

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
                // With and without TLS on one listener is a fault of its own.
                if (!first.TryAdd(listen, site) && first[listen] is var other && (other.Tls is null) == (site.Tls is null))
                {
                    Compare(context, listen, site, other, "http2", site.Http2 != other.Http2, site.Http2);
                    Compare(context, listen, site, other, "http3", site.Http3 != other.Http3, site.Http3);
                }
            }
        }
    }

    private static void Compare(LintContext context, ListenAddress listen, Site site, Site other, string field, bool differ, bool value)
    {
        if (differ)
        {
            Site writer = site.At.Wrote(field) ? site : other;
            string message =
                $"'{field}: {(ReferenceEquals(writer, site) == value ? "true" : "false")}' on {listen}, where another site says otherwise";
            context.Report(
                writer.At.Of(field),
                message,
                "a listener offers it to all its sites or to none",
                new RelatedSpan((ReferenceEquals(writer, site) ? other : site).At.Of(SiteFields.Host), "the other site")
            );
        }
    }
}

using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;

namespace Confgen.Compiler.Lint.Rules.Errors;

/// <summary>The upstream that failed is not the one to ask for a response instead.</summary>
internal sealed class SameUpstreamAgainRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0227",
        "error-page-from-same-upstream",
        Severity.Warning,
        "An error page that asks the upstream that just failed"
    )
    {
        Why =
            "The request is sent whole to the upstream that gave no response. It will fail again, or run twice. Name another upstream, or "
            + "respond with a file or a text; for other servers of the same upstream there is `retries`.",
        Bad = """
            upstreams:
              app: http://127.0.0.1:3000
            sites:
              - host: a.example.com
                proxy: app
                errors: { 502: { proxy: app } }

            """,
        Good = """
            upstreams:
              app: http://127.0.0.1:3000
            sites:
              - host: a.example.com
                proxy: app
                errors: { 502: { body: "back soon" } }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach ((_, Route route, ProxyAction proxy) in spec.ProxyRoutes())
        {
            foreach (ErrorPage page in route.Errors.Pages.Where(p => p.Proxy is { } other && other.Name == proxy.Upstream.Name))
            {
                context.Report(
                    page.At.Of(ErrorPageFields.Proxy),
                    $"'{proxy.Upstream.Name}' is asked again after it failed",
                    "name another upstream, or give a 'file' or a 'body'"
                );
            }
        }
    }
}

using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;

namespace Confgen.Compiler.Lint.Rules.Routes;

/// <summary>Some statuses have no body.</summary>
internal sealed class BodyWithoutPlaceRule : LintRule
{
    public static readonly Rule Definition = new("CFG0215", "body-without-place", Severity.Error, "A body with a status that has none")
    {
        Why =
            "A response with status 204, 205 or 304 ends after its head (RFC 9110, section 6.4.1). A body behind it would be read as the "
            + "start of the next response.",
        Bad = """
            sites:
              - host: a.example.com
                routes:
                  - { path: /, respond: { status: 204, body: "done" } }

            """,
        Good = """
            sites:
              - host: a.example.com
                routes:
                  - { path: /, respond: { status: 200, body: "done" } }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach ((_, Route route) in spec.Routes())
        {
            if (route.Action is RespondAction { Status: 204 or 205 or 304, Body.Length: > 0 } respond)
            {
                context.Report(
                    respond.At.Of(RespondFields.Body),
                    $"a body with status {respond.Status}, which has none",
                    "remove the body, or answer with 200"
                );
            }

            foreach (ErrorPage page in route.Errors.Pages)
            {
                if (page is { Status: 204 or 205 or 304, Proxy: null })
                {
                    context.Report(
                        page.At.Of(ErrorPageFields.Status),
                        $"an error page with status {page.Status}, which has no body",
                        "leave 'status' out: the error's own is sent"
                    );
                }
            }
        }
    }
}

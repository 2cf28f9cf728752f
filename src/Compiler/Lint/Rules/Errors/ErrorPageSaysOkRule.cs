using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;

namespace Confgen.Compiler.Lint.Rules.Errors;

/// <summary>A failure is told as one.</summary>
internal sealed class ErrorPageSaysOkRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0395",
        "error-page-says-ok",
        Severity.Warning,
        "A page for a failure that is sent with a status of success"
    )
    {
        Why =
            "With status 200 caches keep the maintenance page, search engines index it, monitors see nothing wrong and programs take it "
            + "for their response. Leave `status` out, or send 503.",
        Bad = """
            sites:
              - host: a.example.com
                proxy: http://127.0.0.1:3000
                errors: { 502: { body: "back soon", status: 200 } }

            """,
        Good = """
            sites:
              - host: a.example.com
                proxy: http://127.0.0.1:3000
                errors: { 502: { body: "back soon", status: 503 } }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach ((_, Route route) in spec.Routes())
        {
            // A 404 that becomes the start page with 200 is how single-page applications are served.
            foreach (
                ErrorPage page in route.Errors.Pages.Where(p =>
                    p is { Proxy: null, Status: >= 200 and < 300 and not (204 or 205), When.First: >= 500 }
                )
            )
            {
                context.Report(
                    page.At.Of(ErrorPageFields.Status),
                    $"{page.When} is shown as {page.Status}, a success",
                    "leave 'status' out, or write 503"
                );
            }
        }
    }
}

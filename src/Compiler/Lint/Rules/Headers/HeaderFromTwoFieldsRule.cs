using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Model.Sources;

namespace Confgen.Compiler.Lint.Rules.Headers;

/// <summary>A header that a field of its own writes is not written by a header rule as well.</summary>
internal sealed class HeaderFromTwoFieldsRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0214",
        "header-from-two-fields",
        Severity.Error,
        "A header that a field and a header rule both write"
    )
    {
        Why =
            "`cache_control`, `hsts` and `cors` write headers themselves. With a rule for the same header beside them the client would "
            + "get two values, or only one of them, and browsers refuse a response with two `Access-Control-Allow-Origin`. Keep the "
            + "field: it also does what a header alone can't.",
        Bad = """
            sites:
              - host: a.example.com
                proxy: http://127.0.0.1:3000
                cache_control: no-store
                headers: { response: { set: { Cache-Control: public } } }

            """,
        Good = """
            sites:
              - host: a.example.com
                proxy: http://127.0.0.1:3000
                cache_control: no-store

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach (Site site in spec.Sites)
        {
            if (site.Hsts is { } hsts)
            {
                CheckName(
                    context,
                    site.Routes.Select(r => r.Headers.Response).Prepend(site.Headers.Response),
                    "Strict-Transport-Security",
                    "hsts",
                    hsts.At.Span.IsSome ? hsts.At.Span : site.At.Of(SiteFields.Hsts)
                );
            }

            foreach (Route route in site.Routes)
            {
                if (route.CacheControl is not null)
                {
                    // A site's own is a default that the route's field overrides, unless the site carries its only route itself.
                    HeaderEdits own = route.At.Span == site.At.Span ? site.Headers.Response : route.Headers.Response;
                    CheckName(context, [own], "Cache-Control", "cache_control", route.At.Of(RouteFields.CacheControl));
                }

                if (route.Cors is { } cors)
                {
                    HeaderEdits[] both = [site.Headers.Response, route.Headers.Response];
                    CheckName(context, both, "Access-Control-Allow-Origin", "cors", cors.At.Span);
                    CheckName(context, both, "Access-Control-Allow-Credentials", "cors", cors.At.Span);
                }
            }
        }
    }

    private static void CheckName(LintContext context, IEnumerable<HeaderEdits> rules, string name, string field, SourceSpan written)
    {
        foreach (HeaderValue value in rules.SelectMany(e => e.Set.Concat(e.Add)))
        {
            if (value.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                context.Report(
                    value.At.Span,
                    $"'{name}' is written by '{field}' already",
                    "keep one of them",
                    new RelatedSpan(written, $"the field '{field}'")
                );
            }
        }
    }
}

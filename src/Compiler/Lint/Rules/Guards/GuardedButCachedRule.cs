using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;
using Confgen.Model.Sites;

namespace Confgen.Compiler.Lint.Rules.Guards;

/// <summary>A shared cache doesn't ask for a password.</summary>
internal sealed class GuardedButCachedRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0323",
        "guarded-but-public",
        Severity.Warning,
        "A guarded route that lets shared caches keep its responses"
    )
    {
        Why =
            "`public` and `s-maxage` allow every cache on the way to give the response to others (RFC 9111, section 3.5), without asking "
            + "the guard. Write `private`, or `no-store`.",
        Bad = """
            sites:
              - host: a.example.com
                proxy: http://127.0.0.1:3000
                allow: [10.0.0.0/8]
                cache_control: public, max-age=3600

            """,
        Good = """
            sites:
              - host: a.example.com
                proxy: http://127.0.0.1:3000
                allow: [10.0.0.0/8]
                cache_control: private, max-age=3600

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach ((Site site, Route route) in spec.Routes())
        {
            if (
                route.CacheControl is { } control
                && route.IsFenced(site)
                && control.Split(',').Any(d => d.Trim().Split('=')[0].ToLowerInvariant() is "public" or "s-maxage")
            )
            {
                context.Report(
                    route.At.Of(RouteFields.CacheControl),
                    $"shared caches may send these responses to clients that '{route.FenceField()}' refuses",
                    "write 'private' instead of 'public'"
                );
            }
        }
    }
}

using Confgen.Compiler.Language;
using Confgen.Compiler.Lint.Rules.Guards;
using Confgen.Compiler.Lint.Rules.Listeners;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;
using Confgen.Model.Sites;

namespace Confgen.Compiler.Lint.Rules.Files;

/// <summary>A listing shows what nobody linked to.</summary>
internal sealed class PublicListingRule : LintRule
{
    public static readonly Rule Definition = new("CFG0392", "public-listing", Severity.Info, "Directories that are listed to everybody")
    {
        Why =
            "With `browse: true` a directory without an index shows all of its files, the forgotten ones too. Where that is not the point "
            + "of the site, leave it out or guard the route.",
        Bad = """
            sites:
              - host: a.internal
                routes:
                  - { path: /, files: { root: /var/www/site, browse: true } }

            """,
        Good = """
            sites:
              - host: a.internal
                routes:
                  - { path: /, files: { root: /var/www/site, browse: true }, allow: [10.0.0.0/8] }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach ((Site site, Route route) in spec.Routes())
        {
            if (route.Action is FilesAction { Browse: true } files && !route.IsFenced(site) && !site.Listen.All(l => l.IsLocal()))
            {
                context.Report(
                    files.At.Of(FilesFields.Browse),
                    $"everybody sees the names of all files below '{files.Root}'",
                    "remove 'browse', or guard the route"
                );
            }
        }
    }
}

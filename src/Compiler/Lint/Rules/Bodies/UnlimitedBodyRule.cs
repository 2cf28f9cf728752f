using Confgen.Compiler.Language;
using Confgen.Compiler.Lint.Rules.Guards;
using Confgen.Compiler.Lint.Rules.Listeners;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;
using Confgen.Model.Sites;

namespace Confgen.Compiler.Lint.Rules.Bodies;

/// <summary>Without a limit one client fills the disk.</summary>
internal sealed class UnlimitedBodyRule : LintRule
{
    public static readonly Rule Definition = new("CFG0351", "unlimited-body", Severity.Info, "Request bodies of any size, from anybody")
    {
        Why =
            "With `max_body: 0` a client may send without end, and what a program buffers goes to its disk. Give the size of the biggest "
            + "upload that you expect, or guard the route.",
        Bad = """
            sites:
              - { host: a.internal, proxy: "http://127.0.0.1:3000", max_body: 0 }

            """,
        Good = """
            sites:
              - { host: a.internal, proxy: "http://127.0.0.1:3000", max_body: 2GB }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach ((Site site, Route route, _) in spec.ProxyRoutes())
        {
            if (route.MaxBody == 0 && !route.IsFenced(site) && !site.Listen.All(l => l.IsLocal()))
            {
                context.Report(
                    route.At.Of(RouteFields.MaxBody),
                    "anybody may send a body without end",
                    "give the size of the biggest upload that you expect"
                );
            }
        }
    }
}

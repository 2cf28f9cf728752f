using Confgen.Compiler.Syntax;
using Confgen.Model;
using Confgen.Model.Diagnostics;

namespace Confgen.Compiler.Lint.Rules.Fragments;

/// <summary>A fragment that nothing uses is a leftover, and its values aren't checked.</summary>
internal sealed class UnusedFragmentRule : LintRule
{
    public static readonly Rule Definition = new("CFG0235", "unused-fragment", Severity.Warning, "A fragment that nothing uses")
    {
        Why = "No `use` names it, so it changes nothing, and its values aren't checked. Remove it, or use it.",
        Bad = """
            fragments:
              private: { allow: [10.0.0.0/8] }
            sites:
              - { host: a.example.com, proxy: "http://127.0.0.1:3000" }

            """,
        Good = """
            fragments:
              private: { allow: [10.0.0.0/8] }
            sites:
              - { host: a.example.com, use: private, proxy: "http://127.0.0.1:3000" }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach (ScalarSyntax name in context.Uses.IdleFragments)
        {
            context.Report(
                name.Span,
                $"nothing uses the fragment '{name.Value}'",
                "remove it, or name it in the 'use' of a site, a route or an upstream"
            );
        }
    }
}

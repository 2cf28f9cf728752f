using Confgen.Model.Catalogues;
using Confgen.Model.Diagnostics;

namespace Confgen.Compiler.Lint;

/// <summary>The rules that the compiler reports.</summary>
public static partial class RuleCatalogue
{
    /// <summary>Each static field of type <see cref="Rule"/> in the compiler.</summary>
    [EachField]
    public static partial Rule[] All();

    /// <summary>Whether a spec may set the rule's severity under <c>lint:</c>.</summary>
    public static bool IsLint(Rule rule) => Linter.Rules.Any(r => r.Rule == rule);
}

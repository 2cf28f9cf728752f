using Confgen.Model;
using Confgen.Model.Diagnostics;

namespace Confgen.Compiler.Lint;

/// <summary>
/// A check over the whole model. One file each: its page, its examples and the check. Found by its type (<c>Linter.Create</c>).
/// </summary>
internal abstract class LintRule
{
    /// <summary>The rule that it raises.</summary>
    public abstract Rule Rule { get; }

    /// <summary>Reports every place where the rule is broken.</summary>
    public abstract void Check(Spec spec, LintContext context);
}

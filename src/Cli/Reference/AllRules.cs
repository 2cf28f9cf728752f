using Confgen.Compiler.Lint;
using Confgen.Model.Diagnostics;
using Confgen.Targets;

namespace Confgen.Cli.Reference;

/// <summary>Every rule of this program.</summary>
internal static class AllRules
{
    private static readonly Lazy<IReadOnlyList<Rule>> _all =
        new(() => RuleCatalogue.Of(typeof(Rule).Assembly, typeof(RuleCatalogue).Assembly, typeof(TargetCatalogue).Assembly, typeof(AllRules).Assembly));

    /// <summary>The rules by code.</summary>
    public static IReadOnlyList<Rule> ByCode => _all.Value;

    /// <summary>A rule by its code, in any case, or its name; null where there is none.</summary>
    public static Rule? Find(string text) =>
        ByCode.FirstOrDefault(r => r.Code.Equals(text, StringComparison.OrdinalIgnoreCase) || r.Name.Equals(text, StringComparison.OrdinalIgnoreCase));
}

using Confgen.Compiler.Lint;
using Confgen.Model.Catalogues;
using Confgen.Model.Diagnostics;
using Confgen.Targets;

namespace Confgen.Cli.Reference;

/// <summary>Every rule of this program.</summary>
internal static partial class AllRules
{
    private static readonly Lazy<IReadOnlyList<Rule>> _all = new(() =>
        [.. new[] { RuleCatalogue.All(), TargetRules.All(), Own() }.SelectMany(r => r).OrderBy(r => r.Code, StringComparer.Ordinal)]
    );

    /// <summary>The rules by code.</summary>
    public static IReadOnlyList<Rule> ByCode => _all.Value;

    /// <summary>A rule by its code, in any case, or its name; null where there is none.</summary>
    public static Rule? Find(string text) =>
        ByCode.FirstOrDefault(r =>
            r.Code.Equals(text, StringComparison.OrdinalIgnoreCase) || r.Name.Equals(text, StringComparison.OrdinalIgnoreCase)
        );

    [EachField]
    private static partial Rule[] Own();
}

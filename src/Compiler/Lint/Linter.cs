using Confgen.Compiler.Files;
using Confgen.Compiler.Syntax;
using Confgen.Model;
using Confgen.Model.Catalogues;
using Confgen.Model.Diagnostics;

namespace Confgen.Compiler.Lint;

/// <summary>Runs every lint rule over a spec.</summary>
internal static partial class Linter
{
    private static readonly Lazy<IReadOnlyList<LintRule>> _rules = new(() =>
        [.. Create().OrderBy(r => r.Rule.Code, StringComparer.Ordinal)]
    );

    /// <summary>The rules by code.</summary>
    public static IReadOnlyList<LintRule> Rules => _rules.Value;

    /// <summary>
    /// Runs the rules. Those that are errors run even over a spec that has others, so that one run shows them all; advice is kept for a
    /// spec that is whole.
    /// </summary>
    public static void Run(
        Spec spec,
        LintSettings settings,
        IReadOnlyDictionary<string, SourceText> sources,
        SpecUses uses,
        IFileSystem files,
        TimeProvider clock,
        DiagnosticBag diagnostics
    )
    {
        bool whole = !diagnostics.HasErrors;
        BrokenParts? broken = whole ? null : new BrokenParts(spec, diagnostics.Items);
        foreach (LintRule rule in Rules)
        {
            Severity severity = settings.Of(rule.Rule);
            if (severity != Severity.Off && (whole || rule.Rule.Severity == Severity.Error))
            {
                rule.Check(
                    spec,
                    new LintContext(rule.Rule, severity, sources, uses, files, diagnostics) { Broken = broken, Now = clock.GetUtcNow() }
                );
            }
        }
    }

    [EachType]
    private static partial LintRule[] Create();
}

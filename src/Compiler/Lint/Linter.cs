using Confgen.Compiler.Syntax;
using Confgen.Model;
using Confgen.Model.Diagnostics;

namespace Confgen.Compiler.Lint;

/// <summary>Runs every lint rule over a spec.</summary>
internal static class Linter
{
    private static readonly Lazy<IReadOnlyList<LintRule>> _rules = new(() =>
    [
        .. typeof(LintRule).Assembly.GetTypes()
            .Where(t => t is { IsAbstract: false } && t.IsSubclassOf(typeof(LintRule)))
            .Select(t => Activator.CreateInstance(t)).OfType<LintRule>()
            .OrderBy(r => r.Rule.Code, StringComparer.Ordinal),
    ]);

    /// <summary>The rules by code.</summary>
    public static IReadOnlyList<LintRule> Rules => _rules.Value;

    public static void Run(Spec spec, LintSettings settings, IReadOnlyDictionary<string, SourceText> sources, IReadOnlySet<string> usedUpstreams, DiagnosticBag diagnostics)
    {
        foreach (LintRule rule in Rules)
        {
            Severity severity = settings.Of(rule.Rule);
            if (severity != Severity.Off)
            {
                rule.Check(spec, new LintContext(rule.Rule, severity, sources, usedUpstreams, diagnostics));
            }
        }
    }
}

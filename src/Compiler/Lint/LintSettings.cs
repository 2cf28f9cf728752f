using Confgen.Model.Diagnostics;

namespace Confgen.Compiler.Lint;

/// <summary>The severities that a spec sets under <c>lint:</c>, by a rule's code or name.</summary>
/// <param name="Severities">The severities.</param>
public sealed record LintSettings(IReadOnlyDictionary<string, Severity> Severities)
{
    /// <summary>Every rule at its own severity.</summary>
    public static readonly LintSettings Default = new(new Dictionary<string, Severity>(StringComparer.Ordinal));

    /// <summary>The diagnostics of a target with the severities that the spec sets; those that are off are left out.</summary>
    public IReadOnlyList<Diagnostic> Apply(IReadOnlyList<Diagnostic> diagnostics) =>
        Severities.Count == 0
            ? diagnostics
            :
            [
                .. diagnostics
                    .Select(d =>
                        d.Rule.Severity != Severity.Error
                        && (Severities.TryGetValue(d.Rule.Code, out Severity set) || Severities.TryGetValue(d.Rule.Name, out set))
                            ? d with
                            {
                                Severity = set,
                            }
                            : d
                    )
                    .Where(d => d.Severity != Severity.Off),
            ];

    /// <summary>The severity in force for a rule. Errors of the language itself can't be lowered.</summary>
    public Severity Of(Rule rule) =>
        rule.Severity != Severity.Error
        && (Severities.TryGetValue(rule.Code, out Severity severity) || Severities.TryGetValue(rule.Name, out severity))
            ? severity
            : rule.Severity;
}

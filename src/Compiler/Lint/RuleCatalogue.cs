using System.Reflection;
using Confgen.Model.Diagnostics;

namespace Confgen.Compiler.Lint;

/// <summary>Every rule of the given assemblies: the static fields of type <see cref="Rule"/>, wherever they are declared.</summary>
public static class RuleCatalogue
{
    /// <summary>The rules by code.</summary>
    public static IReadOnlyList<Rule> Of(params IEnumerable<Assembly> assemblies) =>
    [
        .. assemblies.SelectMany(a => a.GetTypes())
            .Where(t => !t.ContainsGenericParameters)
            .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(f => f.FieldType == typeof(Rule))
            .Select(f => f.GetValue(null))
            .OfType<Rule>()
            .OrderBy(r => r.Code, StringComparer.Ordinal),
    ];

    /// <summary>Whether a spec may set the rule's severity under <c>lint:</c>.</summary>
    public static bool IsLint(Rule rule) => Linter.Rules.Any(r => r.Rule == rule);
}

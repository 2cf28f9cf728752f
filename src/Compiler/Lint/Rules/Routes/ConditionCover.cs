using System.Text;
using Confgen.Model;
using Confgen.Model.Globs;
using Confgen.Model.Routes;

namespace Confgen.Compiler.Lint.Rules.Routes;

/// <summary>Whether the conditions of one route hold wherever those of another do.</summary>
internal static class ConditionCover
{
    /// <summary>
    /// Whether every request that meets <paramref name="narrow"/> meets <paramref name="wide"/> too; false where that can't be told.
    /// </summary>
    public static bool Covers(this RouteConditions wide, RouteConditions narrow) =>
        (wide.Methods.Count == 0 || (narrow.Methods.Count > 0 && narrow.Methods.All(m => wide.Methods.Contains(m))))
        && All(wide.Headers, narrow.Headers, StringComparison.OrdinalIgnoreCase)
        && All(wide.Query, narrow.Query, StringComparison.Ordinal)
        && All(wide.Cookies, narrow.Cookies, StringComparison.Ordinal)
        && (wide.Clients.Count == 0 || (narrow.Clients.Count > 0 && narrow.Clients.All(n => wide.Clients.Any(w => w.Contains(n)))))
        && wide.Not.All(block => narrow.Not.Any(n => n.Covers(block)) || AreApart(block.Methods, narrow.Methods));

    /// <summary>The block of <c>not</c> that holds wherever the other conditions do, so that no request is left; null for none.</summary>
    public static RouteConditions? Contradiction(this RouteConditions conditions) =>
        conditions.Not.FirstOrDefault(block => block.Covers(conditions with { Not = [] }));

    private static bool AreApart(ValueList<string> some, ValueList<string> others) =>
        some.Count > 0 && others.Count > 0 && !some.Any(others.Contains);

    private static bool All(ValueList<ValueCondition> wide, ValueList<ValueCondition> narrow, StringComparison names)
    {
        foreach (ValueCondition condition in wide)
        {
            if (!narrow.Any(n => n.Name.Equals(condition.Name, names) && Covers(condition.Value, n.Value)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Covers(ValuePattern wide, ValuePattern narrow) =>
        wide == narrow
        || wide.IsEverything
        || (narrow.AsLiteral is { } value && wide.Matches(Encoding.UTF8.GetBytes(value)))
        || (wide is Glob && narrow is Glob && Covers(wide.Text, narrow.Text));

    // Equal globs, and a star at one end: what people write.
    private static bool Covers(string wide, string narrow)
    {
        int star = wide.IndexOf('*', StringComparison.Ordinal);
        return wide == narrow
            || (star >= 0 && star == wide.Length - 1 && narrow.StartsWith(wide[..^1], StringComparison.Ordinal))
            || (star == 0 && wide.LastIndexOf('*') == 0 && narrow.EndsWith(wide[1..], StringComparison.Ordinal));
    }
}

using Confgen.Model.Globs;
using Confgen.Model.Routes;

namespace Confgen.Model.Differences;

/// <summary>A condition on a named value that the requests of a cell meet, or don't.</summary>
/// <param name="Kind">What is named.</param>
/// <param name="Condition">The condition.</param>
/// <param name="Holds">Whether they meet it.</param>
public sealed record CellValue(NamedValueKind Kind, ValueCondition Condition, bool Holds)
{
    /// <summary>Whether a request can have it: what can't be written in a query is in none.</summary>
    public bool IsWritable =>
        Kind != NamedValueKind.Parameter
        || (
            Condition.Name.All(c => c is > ' ' and not ('\x7F' or '&' or '=' or '#'))
            && (Condition.Value is not Glob || Condition.Value.Text.All(c => c is > ' ' and not ('\x7F' or '&' or '#')))
        );

    /// <summary>Whether both are about values of the same name.</summary>
    public bool IsOfSameName(CellValue other) =>
        Kind == other.Kind
        && Condition.Name.Equals(
            other.Condition.Name,
            Kind == NamedValueKind.Header ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal
        );

    /// <summary>In words, as <c>with X-Mode: a*</c> or <c>without ?beta=1</c>.</summary>
    public override string ToString()
    {
        string value = Kind switch
        {
            NamedValueKind.Header => $"{Condition.Name}: {Condition.Value}",
            NamedValueKind.Parameter => $"?{Condition.Name}={Condition.Value}",
            _ => $"cookie {Condition.Name}={Condition.Value}",
        };
        return (Holds ? "with " : "without ") + value;
    }
}

using System.Diagnostics.CodeAnalysis;
using Confgen.Model.Regexes;

namespace Confgen.Model.Globs;

/// <summary>
/// A regex that matches somewhere in a value. In a query and in a cookie a value ends where the next one begins, and programs look at all
/// of them at once: there its classes don't take what is in no value, and its anchors stand at the ends.
/// </summary>
public sealed record ValueRegex : ValuePattern
{
    /// <summary>What is in no value of a query: it would be in a neighbour, or end the query.</summary>
    public static readonly AsciiSet OutsideQuery = Signs("&# ");

    /// <summary>What is in no value of a cookie; blanks are in those that are written against the RFC, at the ends of which they don't
    /// count.</summary>
    public static readonly AsciiSet OutsideCookies = Signs("; \t");

    private readonly ValueList<RegexBranch>? _branches;

    private ValueRegex(RegexPattern pattern, ValueList<RegexBranch>? branches) => (Pattern, _branches) = (pattern, branches);

    /// <summary>The regex, without groups that capture and without what is in no value.</summary>
    public RegexPattern Pattern { get; }

    /// <inheritdoc/>
    public override string Text => Pattern.Text;

    /// <inheritdoc/>
    public override string Words => $"the regex '{Text}'";

    /// <summary>Prepares a regex for values.</summary>
    /// <param name="pattern">The regex.</param>
    /// <param name="outside">The characters that are in no such value; null where a value stands alone.</param>
    /// <param name="value">The regex for values.</param>
    /// <param name="problem">What is wrong with it.</param>
    public static bool TryCreate(
        RegexPattern pattern,
        AsciiSet? outside,
        [NotNullWhen(true)] out ValueRegex? value,
        [NotNullWhen(false)] out string? problem
    )
    {
        var narrowing = new RegexNarrowing(outside ?? AsciiSet.None);
        RegexPattern narrow = pattern.With(narrowing.Visit(pattern.Root));
        ValueList<RegexBranch>? branches = RegexBranch.Of(narrow.Root);
        problem =
            narrowing.Impossible is { } character ? $"'{character}' is in no value here"
            : branches is null && outside is not null ? "'^' and '$' stand at the ends of the regex or of its alternatives here"
            : null;
        value = problem is null ? new ValueRegex(narrow, branches) : null;
        return value is not null;
    }

    /// <inheritdoc/>
    public override bool Matches(ReadOnlySpan<byte> value) => Pattern.IsMatch(value);

    /// <inheritdoc/>
    public override string Write(RegexDialect dialect) => Pattern.Write(dialect);

    /// <inheritdoc/>
    public override string? WriteBody(RegexDialect dialect, string star) =>
        _branches is { } branches ? $"(?:{string.Join('|', branches.Select(b => b.Write(dialect, star)))})" : null;

    /// <inheritdoc/>
    public bool Equals(ValueRegex? other) => other is not null && Pattern == other.Pattern;

    /// <inheritdoc/>
    public override int GetHashCode() => Pattern.GetHashCode();

    private static AsciiSet Signs(string signs) => signs.Aggregate(AsciiSet.None, static (all, sign) => all | AsciiSet.Range(sign, sign));

    /// <summary>The regex as a spec has it.</summary>
    public override string ToString() => $"{{ regex: {Text} }}";
}

using System.Text.RegularExpressions;

namespace Confgen.Targets.Tests.Hostile;

/// <summary>A configuration as its program reads it: texts and their order, and nothing of how they are quoted.</summary>
/// <param name="Text">The text, without quotes; empty for a list.</param>
/// <param name="Children">What belongs to it.</param>
/// <param name="IsOrdered">Whether the order of the children means something.</param>
internal sealed partial record Tree(string Text, IReadOnlyList<Tree> Children, bool IsOrdered = true)
{
    public Tree(string text)
        : this(text, []) { }

    /// <summary>
    /// Where two trees differ in more than the values that a mark stands in; null where they don't. The other one is that of a harmless
    /// value: where its text has the mark, the text may be any.
    /// </summary>
    public string? DifferenceFrom(Tree harmless, string mark)
    {
        if (Text != harmless.Text && Name(Text) != Name(harmless.Text) && !IsMarked(harmless.Text, mark))
        {
            return $"'{Text}' instead of '{harmless.Text}'";
        }

        if (Children.Count != harmless.Children.Count)
        {
            return $"{Children.Count} instead of {harmless.Children.Count} in {harmless.Shown(2)}, namely {Shown(2)}";
        }

        return IsOrdered
            ? Children
                .Zip(harmless.Children)
                .Where(p => p.First.Key != p.Second.Key)
                .Select(p => p.First.DifferenceFrom(p.Second, mark))
                .FirstOrDefault(d => d is not null)
                is { } difference
                ? $"{Children[0].Text}: {difference}"
                : null
            : DifferenceInAnyOrder(harmless, mark);
    }

    // Equal ones go first, then those that are alike without the mark, so that a value of any text takes nobody's place.
    private string? DifferenceInAnyOrder(Tree harmless, string mark)
    {
        var free = harmless.Children.ToList();
        List<Tree> left = [.. Children.Where(child => !Take(free, free.FindIndex(other => other.Key == child.Key)))];
        string? first = null;
        var found = new Dictionary<(string, string), string?>();
        foreach (bool marked in new[] { false, true })
        {
            left =
            [
                .. left.Where(child =>
                    !Take(free, free.FindIndex(other => (marked || !other.Has(mark)) && Difference(child, other) is null))
                ),
            ];
        }

        return left.Count == 0 ? null : first;

        string? Difference(Tree child, Tree other)
        {
            if (!found.TryGetValue((child.Key, other.Key), out string? difference))
            {
                found[(child.Key, other.Key)] = difference = child.DifferenceFrom(other, mark);
                first ??= difference is null ? null : $"{Children[0].Text}: {difference}";
            }

            return difference;
        }
    }

    // The same for trees that don't differ in more than generated names and the order of what has none.
    private string Key => field ??= $"{Name(Text)}({string.Join('\u0001', IsOrdered ? Keys : Keys.Order(StringComparer.Ordinal))})";

    private IEnumerable<string> Keys => Children.Select(c => c.Key);

    /// <summary>The tree without the digits of its texts, so that numbers are alike.</summary>
    public Tree WithoutDigits() =>
        new(string.Concat(Text.Where(c => !char.IsAsciiDigit(c))), [.. Children.Select(c => c.WithoutDigits())], IsOrdered);

    // A name that is taken already gets a number, variables are named after values, and a client of V2Ray has an id that is derived from
    // its secret.
    private static string Name(string text) =>
        Variables().IsMatch(text) ? new string('$', text.Count(c => c == '$'))
        : Guid.TryParseExact(text, "D", out _) ? "id"
        : text.LastIndexOf('_') is > 0 and var end && text[(end + 1)..].All(char.IsAsciiDigit) ? text[..end]
        : text;

    [GeneratedRegex(@"^(?:\$\w+)+$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variables();

    private static bool Take(List<Tree> free, int index)
    {
        if (index >= 0)
        {
            free.RemoveAt(index);
        }

        return index >= 0;
    }

    // In a regex for any spelling of a path each letter is (?:b|%62).
    private static bool IsMarked(string text, string mark) =>
        text.Contains(mark, StringComparison.OrdinalIgnoreCase)
        || (
            text.Contains("|%", StringComparison.Ordinal)
            && Spelling().Replace(text, "${letter}").Contains(mark, StringComparison.OrdinalIgnoreCase)
        );

    [GeneratedRegex(@"\(\?:(?<letter>[^|()])\|%[^()]*\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Spelling();

    private bool Has(string mark) => IsMarked(Text, mark) || Children.Any(c => c.Has(mark));

    private string Shown(int depth) =>
        Text
        + (
            Children.Count == 0 ? ""
            : depth == 0 ? "[..]"
            : "[" + string.Join(" ", Children.Take(12).Select(c => c.Shown(depth - 1))) + "]"
        );
}

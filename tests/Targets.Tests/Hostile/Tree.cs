namespace Confgen.Targets.Tests.Hostile;

/// <summary>A configuration as its program reads it: texts and their order, and nothing of how they are quoted.</summary>
/// <param name="Text">The text, without quotes; empty for a list.</param>
/// <param name="Children">What belongs to it.</param>
/// <param name="IsOrdered">Whether the order of the children means something.</param>
internal sealed record Tree(string Text, IReadOnlyList<Tree> Children, bool IsOrdered = true)
{
    public Tree(string text)
        : this(text, [])
    {
    }

    /// <summary>
    /// Where two trees differ in more than the values that a mark stands in; null where they don't. The other one is that of a harmless
    /// value: where its text has the mark, the text may be any.
    /// </summary>
    public string? DifferenceFrom(Tree harmless, string mark)
    {
        if (Text != harmless.Text && Name(Text) != Name(harmless.Text) && !harmless.Text.Contains(mark, StringComparison.OrdinalIgnoreCase))
        {
            return $"'{Text}' instead of '{harmless.Text}'";
        }

        if (Children.Count != harmless.Children.Count)
        {
            return $"{Children.Count} instead of {harmless.Children.Count} in {harmless.Shown(2)}, namely {Shown(2)}";
        }

        string? difference = Children.Zip(harmless.Children).Select(p => p.First.DifferenceFrom(p.Second, mark)).FirstOrDefault(d => d is not null);
        if (difference is null || IsOrdered)
        {
            return difference is null ? null : $"{Children[0].Text}: {difference}";
        }

        // Equal ones first, so that a value of any text takes nobody's place.
        var free = harmless.Children.ToList();
        var left = Children.Where(c => !free.Remove(free.Find(f => c.DifferenceFrom(f, "\0") is null) ?? c)).ToList();
        foreach (Tree child in left)
        {
            if (free.Find(f => child.DifferenceFrom(f, mark) is null) is not { } partner)
            {
                return difference;
            }

            free.Remove(partner);
        }

        return null;
    }

    /// <summary>The tree without the digits of its texts, so that numbers are alike.</summary>
    public Tree WithoutDigits() => new(string.Concat(Text.Where(c => !char.IsAsciiDigit(c))), [.. Children.Select(c => c.WithoutDigits())], IsOrdered);

    // A name that is taken already gets a number, and a client of V2Ray an id that is derived from its secret.
    private static string Name(string text) => Guid.TryParseExact(text, "D", out _) ? "id" : text.StartsWith('$') && text.LastIndexOf('_') is > 0 and var end && text[(end + 1)..].All(char.IsAsciiDigit) ? text[..end] : text;

    private string Shown(int depth) => Text + (Children.Count == 0 ? "" : depth == 0 ? "[..]" : "[" + string.Join(" ", Children.Take(12).Select(c => c.Shown(depth - 1))) + "]");
}

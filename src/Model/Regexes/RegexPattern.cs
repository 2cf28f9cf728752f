using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Confgen.Model.Regexes;

/// <summary>
/// A regex of the spec: the RE2 subset, which matches in linear time and which PCRE, RE2 and .NET can be made to read alike. It searches
/// anywhere unless anchored; <c>$</c> is the end of the text and never before a newline; <c>.</c> and classes are exact for ASCII.
/// </summary>
public sealed record RegexPattern
{
    private RegexMatcher? _matcher;

    private RegexPattern(string text, RegexNode root, ValueList<string?> groups) => (Text, Root, Groups) = (text, root, groups);

    /// <summary>The regex as written.</summary>
    public string Text { get; }

    /// <summary>What it says.</summary>
    public RegexNode Root { get; }

    /// <summary>The names of the capturing groups, null for one without; the first is group 1.</summary>
    public ValueList<string?> Groups { get; }

    /// <summary>The regex ready to match: made on first use, then kept.</summary>
    public RegexMatcher Matcher => _matcher ??= new RegexMatcher(this); // two threads may both make one: they are equal

    /// <summary>Reads a regex.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The regex.</param>
    /// <param name="problem">What is wrong, with the way out.</param>
    /// <param name="offset">Where it is wrong, in UTF-16 units.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out RegexPattern? value, out string? problem, out int offset)
    {
        var parser = new RegexParser(text);
        RegexNode? root = parser.Parse();
        value = root is null ? null : new RegexPattern(text, root, parser.Groups.ToValueList());
        problem = parser.Problem;
        offset = parser.ProblemAt;
        return value is not null;
    }

    /// <summary>The regex of this text that says something else, and captures nothing.</summary>
    internal RegexPattern With(RegexNode root) => new(Text, root, []);

    /// <summary>Whether it matches somewhere in the bytes.</summary>
    public bool IsMatch(ReadOnlySpan<byte> text) => Matcher.IsMatch(text);

    /// <summary>Whether it matches somewhere in the text, taken as UTF-8.</summary>
    public bool IsMatch(ReadOnlySpan<char> text)
    {
        byte[] bytes = new byte[Encoding.UTF8.GetByteCount(text)];
        Encoding.UTF8.GetBytes(text, bytes);
        return Matcher.IsMatch(bytes);
    }

    /// <summary>The regex for an engine: the same language, with the groups' numbers kept.</summary>
    /// <param name="dialect">The engine.</param>
    /// <param name="groupPrefix">Names the capturing groups by this and their number, <c>(?&lt;r1_2&gt;...)</c> for <c>r1_</c>; null leaves
    /// them without names.</param>
    public string Write(RegexDialect dialect, string? groupPrefix = null) => RegexWriter.Write(Root, dialect, groupPrefix);

    /// <summary>The number of the group of that name or number; null where there is none. 0 is the whole match.</summary>
    public int? FindGroup(string nameOrNumber)
    {
        if (nameOrNumber.Length > 0 && nameOrNumber.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0)
        {
            return nameOrNumber.Length < 4 && int.Parse(nameOrNumber, null) is var number && number <= Groups.Count ? number : null;
        }

        for (int i = 0; i < Groups.Count; i++)
        {
            if (Groups[i] == nameOrNumber)
            {
                return i + 1;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public bool Equals(RegexPattern? other) => other is not null && Text == other.Text;

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <summary>The regex as written.</summary>
    public override string ToString() => Text;
}

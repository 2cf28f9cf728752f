using System.Diagnostics.CodeAnalysis;
using System.Text;
using Confgen.Model.Regexes;
using Confgen.Model.Units;

namespace Confgen.Model.Globs;

/// <summary>
/// A text in which <c>*</c> stands for any bytes, also none. It compares the whole value byte by byte, with case; nothing else has a
/// meaning, and a literal star can't be written.
/// </summary>
public sealed record Glob : ValuePattern
{
    private readonly byte[] _bytes;

    private Glob(string text) => (Text, _bytes) = (text, Encoding.UTF8.GetBytes(text));

    /// <summary>The glob as written, several stars in a row as one.</summary>
    public override string Text { get; }

    /// <inheritdoc/>
    public override bool IsEverything => Text == "*";

    /// <inheritdoc/>
    public override string? AsLiteral => Text.Contains('*', StringComparison.Ordinal) ? null : Text;

    /// <inheritdoc/>
    public override string Words => $"'{Text}'";

    /// <summary>Reads a glob.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The glob.</param>
    /// <param name="problem">What is wrong, with the way out.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out Glob? value, out string? problem)
    {
        value = null;
        problem = null;
        foreach (Rune c in text.EnumerateRunes())
        {
            if (Rune.IsControl(c) && c.Value != '\t')
            {
                problem = $"{Shown.Text(text)} has a control character, which no request's value has";
                return false;
            }
        }

        while (text.Contains("**", StringComparison.Ordinal))
        {
            text = text.Replace("**", "*", StringComparison.Ordinal);
        }

        value = new Glob(text);
        return true;
    }

    /// <summary>Whether the whole value matches. Without backtracking beyond the last star: at worst the product of both lengths.</summary>
    public override bool Matches(ReadOnlySpan<byte> value)
    {
        ReadOnlySpan<byte> glob = _bytes;
        (int g, int v, int star, int resume) = (0, 0, -1, 0);
        while (v < value.Length)
        {
            if (g < glob.Length && glob[g] == '*')
            {
                (star, resume) = (g++, v);
            }
            else if (g < glob.Length && glob[g] == value[v])
            {
                g++;
                v++;
            }
            else if (star >= 0)
            {
                g = star + 1;
                v = ++resume;
            }
            else
            {
                return false;
            }
        }

        return g == glob.Length || (g == glob.Length - 1 && glob[g] == '*');
    }

    /// <inheritdoc/>
    public override string WriteBody(RegexDialect dialect, string star) =>
        string.Join(star, Text.Split('*').Select(part => RegexText.Escape(part, dialect)));

    /// <summary>The glob as a regex that searches: anchored unless a star stands at that end, so that <c>2*</c> is <c>^2</c>.</summary>
    public override string Write(RegexDialect dialect)
    {
        if (IsEverything)
        {
            return "^";
        }

        bool open = Text.StartsWith('*');
        bool unending = Text.Length > 1 && Text.EndsWith('*');
        string body = string.Join(
            ".*",
            Text[(open ? 1 : 0)..(unending ? ^1 : ^0)].Split('*').Select(part => RegexText.Escape(part, dialect))
        );
        return (open ? "" : "^") + body + (unending ? "" : RegexText.EndOfText(dialect));
    }

    /// <inheritdoc/>
    public bool Equals(Glob? other) => other is not null && Text == other.Text;

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <summary>The glob as written.</summary>
    public override string ToString() => Text;
}

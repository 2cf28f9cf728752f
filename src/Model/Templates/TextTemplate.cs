using System.Diagnostics.CodeAnalysis;
using System.Text;
using Confgen.Model.Diagnostics;
using Confgen.Model.Units;

namespace Confgen.Model.Templates;

/// <summary>A text with placeholders, as <c>https://{host}{uri}</c>. <c>{{</c> and <c>}}</c> are literal braces.</summary>
/// <param name="Parts">The pieces: no two literals in a row, and none empty.</param>
public sealed record TextTemplate(ValueList<TemplatePart> Parts)
{
    /// <summary>The text where there is no placeholder; else null.</summary>
    public string? AsLiteral =>
        Parts.Count == 0 ? ""
        : Parts.Count == 1 ? Parts[0].Literal
        : null;

    /// <summary>A template without placeholders.</summary>
    public static TextTemplate Literal(string text) => new(text.Length == 0 ? [] : [new TemplatePart(text)]);

    /// <summary>Whether the placeholder occurs.</summary>
    public bool Uses(Placeholder placeholder)
    {
        foreach (TemplatePart part in Parts)
        {
            if (part.Literal is null && part.Placeholder == placeholder)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The text with each placeholder replaced.</summary>
    public string Expand(Func<TemplatePart, string> value)
    {
        if (AsLiteral is { } literal)
        {
            return literal;
        }

        var text = new StringBuilder();
        foreach (TemplatePart part in Parts)
        {
            text.Append(part.Literal ?? value(part));
        }

        return text.ToString();
    }

    /// <summary>Reads a template.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The template.</param>
    /// <param name="problem">What is wrong, with the way out.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out TextTemplate? value, out string? problem) =>
        TryParse(text, out value, out problem, out _);

    /// <summary>Reads a template.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The template.</param>
    /// <param name="problem">What is wrong, with the way out.</param>
    /// <param name="offset">Where it is wrong: the brace's place in the text.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out TextTemplate? value, out string? problem, out int offset)
    {
        var parts = new List<TemplatePart>();
        var literal = new StringBuilder();
        value = null;
        problem = null;
        int at = 0;
        while (at < text.Length)
        {
            char c = text[at];
            if (c is not ('{' or '}'))
            {
                int next = text.AsSpan(at).IndexOfAny('{', '}');
                int end = next < 0 ? text.Length : at + next;
                literal.Append(text, at, end - at);
                at = end;
            }
            else if (at + 1 < text.Length && text[at + 1] == c)
            {
                literal.Append(c);
                at += 2;
            }
            else if (c == '}')
            {
                problem = "a '}' without its '{': write '}}' for a literal brace";
                break;
            }
            else
            {
                int close = text.IndexOf('}', at);
                if (close < 0)
                {
                    problem = "a '{' is never closed: write '{{' for a literal brace";
                    break;
                }

                ReadOnlySpan<char> name = text.AsSpan((at + 1)..close);
                if (Placeholders.Find(name) is not { } placeholder)
                {
                    problem = Unknown(name);
                    break;
                }

                problem = PlaceholderNames.Problem(placeholder);
                if (problem is not null)
                {
                    break;
                }

                Flush(parts, literal);
                parts.Add(placeholder);
                at = close + 1;
            }
        }

        offset = at;
        if (problem is not null)
        {
            return false;
        }

        Flush(parts, literal);
        value = new TextTemplate(parts.ToValueList());
        return true;
    }

    /// <summary>The template as it is written.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (TemplatePart part in Parts)
        {
            text.Append(
                part.Literal?.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal) ?? part.Written
            );
        }

        return text.ToString();
    }

    private static void Flush(List<TemplatePart> parts, StringBuilder literal)
    {
        if (literal.Length > 0)
        {
            parts.Add(new TemplatePart(literal.ToString()));
            literal.Clear();
        }
    }

    private static string Unknown(ReadOnlySpan<char> name)
    {
        string? near = name.Length > 64 ? null : Spelling.Nearest(name.ToString(), Placeholders.All.Select(p => p.Name));
        return near is null
            ? $"there is no placeholder {Shown.Text(name)}: it may be "
                + $"{string.Join(", ", Placeholders.Forms)}; write '{{{{' for a literal brace"
            : $"there is no placeholder {Shown.Text(name)}: did you mean {{{near}}}? Write '{{{{' for a literal brace";
    }
}

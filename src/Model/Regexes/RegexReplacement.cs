using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Confgen.Model.Diagnostics;
using Confgen.Model.Units;

namespace Confgen.Model.Regexes;

/// <summary>
/// What the match of a regex is replaced by: text in which <c>$1</c> and <c>${name}</c> are groups, <c>$0</c> is the whole match and
/// <c>$$</c> a dollar. A group that took no part in the match is empty. (In a spec's text <c>${name}</c> is written <c>$${name}</c>,
/// since it would be a variable.)
/// </summary>
/// <param name="Parts">The pieces: no two literals in a row, and none empty.</param>
public sealed record RegexReplacement(ValueList<RegexReplacementPart> Parts)
{
    /// <summary>
    /// Whether a path that starts with a slash still does when a match is replaced: what stands before the match does, or is nothing.
    /// </summary>
    public bool KeepsRoot => Parts is [{ Literal: ['/', ..] }, ..];

    /// <summary>Reads the replacement of a path's part.</summary>
    /// <param name="text">The text.</param>
    /// <param name="regex">The regex whose groups are meant.</param>
    /// <param name="value">The replacement.</param>
    /// <param name="problem">What is wrong, with the way out.</param>
    /// <param name="offset">Where it is wrong.</param>
    public static bool TryParse(
        string text,
        RegexPattern regex,
        [NotNullWhen(true)] out RegexReplacement? value,
        out string? problem,
        out int offset
    )
    {
        var parts = new List<RegexReplacementPart>();
        var literal = new StringBuilder();
        (value, problem) = (null, null);
        int at = 0;
        while (at < text.Length)
        {
            char c = text[at];
            if (
                c is <= ' ' or >= '\x7F' or '?' or '#' or '"' or '<' or '>' or '\\' or '^' or '`' or '{' or '|' or '}'
                || (c == '%' && !IsEscape(text, at))
            )
            {
                problem = c switch
                {
                    '%' => "a '%' without two hexadecimal digits: write %25 for the character",
                    '?' => "the query stays as it is: a '?' would start a second one; write %3F for the character",
                    '#' => "a request target has no fragment: write %23 for the character",
                    _ => "a raw path has no such byte, and not every program lets it pass: percent-encode it",
                };
                break;
            }

            if (c != '$')
            {
                literal.Append(c);
                at++;
                continue;
            }

            if (at + 1 < text.Length && text[at + 1] == '$')
            {
                literal.Append('$');
                at += 2;
                continue;
            }

            int end = GroupEnd(text, at, out string name);
            if (end < 0 || regex.FindGroup(name) is not { } group)
            {
                problem =
                    end < 0 ? "write a group as $1 or $${name} (${name} would be a variable), a dollar as $$" : UnknownGroup(name, regex);
                break;
            }

            Flush(parts, literal);
            parts.Add(new RegexReplacementPart(null, group));
            at = end;
        }

        if (problem is null && EmptyLoop(regex.Root) is { } loop)
        {
            problem = LoopProblem(regex, loop);
        }

        offset = at;
        if (problem is not null)
        {
            return false;
        }

        Flush(parts, literal);
        value = new RegexReplacement(parts.ToValueList());
        return true;
    }

    /// <summary>Why a group of a regex can't be used, with the way out; null where it can.</summary>
    public static string? GroupProblem(RegexPattern regex, string name) =>
        regex.FindGroup(name) is null ? UnknownGroup(name, regex, "{path.")
        : EmptyLoop(regex.Root) is { } loop ? LoopProblem(regex, loop)
        : null;

    /// <summary>The replacement as it is written; groups by their numbers, in braces where a digit follows.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        for (int i = 0; i < Parts.Count; i++)
        {
            bool digit = i + 1 < Parts.Count && Parts[i + 1].Literal is [>= '0' and <= '9', ..];
            text.Append(
                Parts[i].Literal?.Replace("$", "$$", StringComparison.Ordinal)
                    ?? string.Create(CultureInfo.InvariantCulture, $"{(digit ? "${" : "$")}{Parts[i].Group}{(digit ? "}" : "")}")
            );
        }

        return text.ToString();
    }

    private static bool IsEscape(string text, int at) =>
        at + 2 < text.Length && char.IsAsciiHexDigit(text[at + 1]) && char.IsAsciiHexDigit(text[at + 2]);

    // $1 takes one digit, as in nginx; ${12} as many as there are.
    private static int GroupEnd(string text, int at, out string name)
    {
        name = "";
        if (at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]))
        {
            name = text.Substring(at + 1, 1);
            return at + 2;
        }

        int close = at + 1 < text.Length && text[at + 1] == '{' ? text.IndexOf('}', at) : -1;
        name = close < 0 ? "" : text[(at + 2)..close];
        return name.Length == 0 ? -1 : close + 1;
    }

    private static string LoopProblem(RegexPattern regex, RegexRepeat loop) =>
        $"the regex repeats {Shown.Text(regex.Text.AsSpan(loop.Body.Start, loop.Body.End - loop.Body.Start))}, which can be empty: "
        + "programs disagree on what it matches then";

    private static string UnknownGroup(string name, RegexPattern regex, string form = "$${")
    {
        string? near = Spelling.Nearest(name, regex.Groups.OfType<string>());
        return near is not null ? $"the regex has no group {Shown.Text(name)}: did you mean {form}{near}}}?"
            : regex.Groups.Count == 0 ? $"the regex has no group {Shown.Text(name)}: put what shall be kept in parentheses"
            : string.Create(CultureInfo.InvariantCulture, $"the regex has no group {Shown.Text(name)}: it has 1 to {regex.Groups.Count}");
    }

    private static RegexRepeat? EmptyLoop(RegexNode node) =>
        node switch
        {
            RegexRepeat { Max: null or > 1, Body.IsNullable: true } repeat => repeat,
            RegexRepeat repeat => EmptyLoop(repeat.Body),
            RegexGroup group => EmptyLoop(group.Body),
            RegexSequence sequence => sequence.Items.Select(EmptyLoop).FirstOrDefault(l => l is not null),
            RegexAlternation alternation => alternation.Branches.Select(EmptyLoop).FirstOrDefault(l => l is not null),
            _ => null,
        };

    private static void Flush(List<RegexReplacementPart> parts, StringBuilder literal)
    {
        if (literal.Length > 0)
        {
            parts.Add(new RegexReplacementPart(literal.ToString()));
            literal.Clear();
        }
    }
}

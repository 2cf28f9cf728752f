using System.Text.RegularExpressions;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sources;
using YamlDotNet.Core;

namespace Confgen.Compiler.Syntax;

/// <summary>
/// Says what is wrong with a text that the YAML scanner refused. The scanner names the place where it gave up; the mistake often stands a
/// line above, as a key without its colon.
/// </summary>
internal static partial class YamlErrors
{
    /// <summary>The place, the message and the way out for a fault of the scanner.</summary>
    /// <param name="source">The file.</param>
    /// <param name="span">Where the scanner gave up.</param>
    /// <param name="e">Its fault.</param>
    public static (SourceSpan Span, string Message, Advice? Advice) Explain(SourceText source, SourceSpan span, YamlException e)
    {
        string words = e.InnerException is YamlException inner ? inner.Message : e.Message;
        string line = source.Line(span.Line);

        // The scanner names the beginning of what the tab stands in, which may be the whole document, or the end of what stands before it.
        bool isAbove = words.Contains("document end", StringComparison.Ordinal);
        if (
            TabIn(source, isAbove ? 1 : span.Line, isAbove || words.Contains("tab", StringComparison.Ordinal) ? int.MaxValue : span.Line) is
            { IsSome: true } tab
        )
        {
            int length = source.Line(tab.Line)[(tab.Column - 1)..].TakeWhile(c => c is '\t' or ' ').Count();
            string indentation = source.Line(tab.Line).Substring(tab.Column - 1, length).Replace("\t", "  ", StringComparison.Ordinal);
            return (
                tab,
                "a tab in the indentation",
                Advice.Replace(tab with { EndColumn = tab.Column + length }, indentation, "indent with spaces: YAML doesn't allow tabs")
            );
        }

        (SourceSpan at, string what, Advice? advice) = Find(source, span, line, words);

        // A line with a secret is not quoted: what it holds is known only where it can be read.
        return !source.MaybeSecret(at.Line).Any()
            ? (at, what, advice)
            : (at, what, new Advice("correct the line; its value may be secret, and is not repeated here"));
    }

    private static (SourceSpan, string, Advice?) Find(SourceText source, SourceSpan span, string line, string words)
    {
        return Signs(source, span)
            ?? Escape(source, span, words)
            ?? Quotes(source, span, words)
            ?? Brace(source, span, words)
            ?? Start(span, line, words)
            ?? Star(source, span, words)
            ?? LineAbove(source, span)
            ?? ColonWithin(source, span, words)
            ?? MissingColon(source, span)
            ?? Bracket(source, span)
            ?? Dash(span, line)
            ?? (span, Plain(words), Advice.Of(Hint(words)));
    }

    // An element of a list that stands among the keys of the one before it.
    private static (SourceSpan, string, Advice?)? Dash(SourceSpan span, string line) =>
        line.TrimStart().StartsWith("- ", StringComparison.Ordinal) && span.Column - 1 == line.Length - line.TrimStart().Length
            ? (
                span,
                "this '-' stands in the column of no list above it",
                new Advice("give it the column of the '-' of the element before it, and move the lines below it along")
            )
            : null;

    // A no-break space in a line is read as a letter, so that the key before it has no end.
    private static (SourceSpan, string, Advice?)? Signs(SourceText source, SourceSpan span)
    {
        for (int number = span.Line; number >= Math.Max(1, span.Line - 1); number--)
        {
            if (source.Line(number).IndexOf('\u00A0', StringComparison.Ordinal) is >= 0 and var at)
            {
                var place = new SourceSpan(span.File, number, at + 1, number, at + 2);
                return (
                    place,
                    "a no-break space (U+00A0), which YAML takes for a letter",
                    Advice.Replace(place, " ", "write an ordinary space")
                );
            }
        }

        return null;
    }

    // The line above is a text without a key that ends, so this one looks like its continuation.
    private static (SourceSpan, string, Advice?)? LineAbove(SourceText source, SourceSpan span)
    {
        int number = Enumerable.Range(1, span.Line - 1).LastOrDefault(n => source.Line(n).Trim().Length > 0);
        string above = number == 0 ? "" : source.Line(number);
        string line = source.Line(span.Line);
        if (KeyWithoutBlank().Match(above) is { Success: true } match)
        {
            Group key = match.Groups["key"];
            bool hasDash = match.Groups["dash"].Length == 1;
            bool hasBlank = match.Groups["rest"].Value is [' ', ..];
            TextEdit[] edits =
            [
                .. hasDash ? [At(span.File, number, match.Groups["dash"].Index + 2, " ")] : Array.Empty<TextEdit>(),
                .. hasBlank ? [] : (TextEdit[])[At(span.File, number, key.Index + key.Length + 2, " ")],
                .. hasDash && Depth(line) == Depth(above) + 1 ? [At(span.File, span.Line, 1, " ")] : Array.Empty<TextEdit>(),
            ];
            if (edits.Length > 0)
            {
                var at = new SourceSpan(
                    span.File,
                    number,
                    (hasDash ? match.Groups["dash"].Index : key.Index) + 1,
                    number,
                    key.Index + key.Length + 2
                );
                string what = hasDash ? $"no blank behind the '-' of '-{key.Value}'" : $"no blank behind the ':' of '{key.Value}'";
                return (
                    at,
                    what,
                    new Advice(
                        $"write '{(match.Groups["dash"].Length > 0 ? "- " : "")}{key.Value}: {Short(match.Groups["rest"].Value.Trim())}'"
                    )
                    {
                        Edits = edits.ToValueList(),
                    }
                );
            }
        }

        if (OddDash().Match(above) is { Success: true } dash)
        {
            Group sign = dash.Groups["sign"];
            var at = new SourceSpan(span.File, number, sign.Index + 1, number, sign.Index + 2);
            return (at, $"the dash {sign.Value}, which YAML takes for a letter", Advice.Replace(at, "-", "write '- '"));
        }

        int wanted = above.Length - above.TrimStart(' ', '-').Length;
        return Depth(line) > wanted && Key().IsMatch(line) && KeyWithValue().IsMatch(above)
            ? (
                new SourceSpan(span.File, span.Line, 1, span.Line, Depth(line) + 1),
                "this line is indented deeper than the key above it, which has a value",
                Advice.Replace(
                    new SourceSpan(span.File, span.Line, 1, span.Line, Depth(line) + 1),
                    new string(' ', wanted),
                    $"indent it by {wanted} spaces, as the key above"
                )
            )
            : null;
    }

    private static TextEdit At(string file, int line, int column, string text) =>
        new(new SourceSpan(file, line, column, line, column), text);

    // In double quotes a backslash starts an escape, which most regexes are none of.
    private static (SourceSpan, string, Advice?)? Escape(SourceText source, SourceSpan span, string words)
    {
        if (
            !words.Contains("unknown escape", StringComparison.Ordinal)
            && !words.Contains("hexadecimal", StringComparison.Ordinal)
            && !words.Contains("escape code", StringComparison.Ordinal)
        )
        {
            return null;
        }

        const string Message = "an unknown escape: in double quotes '\\' starts one";
        Match match = QuotedWithEscape().Match(source.Line(span.Line), Math.Min(span.Column - 1, source.Line(span.Line).Length));
        string text = match.Value.Trim('"');
        var at = new SourceSpan(span.File, span.Line, match.Index + 1, span.Line, match.Index + match.Length + 1);
        return match.Success && !text.Contains('\'', StringComparison.Ordinal)
            ? (at, Message, Advice.Replace(at, $"'{text}'", $"write it in single quotes: {Short($"'{text}'")}"))
            : (span, Message, new Advice("write the text in single quotes, or '\\\\' for a backslash"));
    }

    // A placeholder in a flow map without quotes: `{ redirect: https://b.example.com{uri} }`.
    private static (SourceSpan, string, Advice?)? Brace(SourceText source, SourceSpan span, string words)
    {
        if (!words.Contains("flow", StringComparison.Ordinal) || BareBrace().Match(source.Line(span.Line)) is not { Success: true } match)
        {
            return null;
        }

        Group text = match.Groups["text"];
        var at = new SourceSpan(span.File, span.Line, text.Index + 1, span.Line, text.Index + text.Length + 1);
        return (at, "a value with a brace stands in quotes here", Advice.Replace(at, $"\"{text.Value}\""));
    }

    // A quote that nothing closes: the scanner reads on to the end, or to the next quote of its kind.
    private static (SourceSpan, string, Advice?)? Quotes(SourceText source, SourceSpan span, string words)
    {
        int last = words.Contains("end of stream", StringComparison.Ordinal) ? source.LineCount : span.Line;
        for (int number = 1; number <= last; number++)
        {
            string line = source.Line(number);
            if (OpenQuote().Match(line) is { Success: true } match && line.Count(ch => ch == match.Groups["text"].Value[0]) % 2 == 1)
            {
                Group text = match.Groups["text"];
                var at = new SourceSpan(span.File, number, text.Index + 1, number, text.Index + text.Length + 1);
                string closed = text.Value + text.Value[0];
                return (at, $"the quote {text.Value[0]} is never closed", Advice.Replace(at, closed, $"write {Short(closed)}"));
            }
        }

        return words.Contains("quoted scalar", StringComparison.Ordinal)
            ? (span, "a quoted text that doesn't end", new Advice("close the quote on the same line"))
            : null;
    }

    private static (SourceSpan, string, Advice?)? Start(SourceSpan span, string line, string words)
    {
        if (!words.Contains("cannot start any token", StringComparison.Ordinal))
        {
            return null;
        }

        char sign = span.Column <= line.Length ? line[span.Column - 1] : ' ';
        string value = span.Column <= line.Length ? PlainValue(line[(span.Column - 1)..]) : "";
        var at = span with { EndLine = span.Line, EndColumn = span.Column + Math.Max(1, value.Length) };
        return (
            at,
            $"a value can't start with '{sign}'",
            value.Length > 0 && !value.Contains('"', StringComparison.Ordinal)
                ? Advice.Replace(at, $"\"{value}\"", $"put it in quotes: \"{value}\"")
                : new Advice("put it in quotes")
        );
    }

    private static (SourceSpan, string, Advice?)? Star(SourceText source, SourceSpan span, string words)
    {
        if (
            !words.Contains("alias", StringComparison.Ordinal)
            && !words.Contains("expected key", StringComparison.Ordinal)
            && !words.Contains("node content", StringComparison.Ordinal)
            && !words.Contains("flow", StringComparison.Ordinal)
        )
        {
            return null;
        }

        for (int number = span.Line; number >= Math.Max(1, span.Line - 1); number--)
        {
            if (BareStar().Match(source.Line(number)) is { Success: true } match)
            {
                Group text = match.Groups["text"];
                var at = new SourceSpan(span.File, number, text.Index + 1, number, text.Index + text.Length + 1);
                string quoted = $"\"{text.Value}\"";
                return (
                    at,
                    $"a value that starts with '{text.Value[0]}' is read as {(text.Value[0] == '*' ? "an alias" : "an anchor")}",
                    Advice.Replace(at, quoted, $"put it in quotes: {Short(quoted)}")
                );
            }
        }

        return null;
    }

    private static SourceSpan TabIn(SourceText source, int first, int last)
    {
        int number = 0;
        foreach (ReadOnlySpan<char> line in source.Text.AsSpan().EnumerateLines())
        {
            number++;
            ReadOnlySpan<char> indented = line.TrimStart(' ');
            if (number >= first && number <= last && indented.StartsWith('\t') && !indented.TrimStart().IsEmpty)
            {
                int column = line.Length - indented.Length + 1;
                return new SourceSpan(source.File, number, column, number, column + 1);
            }
        }

        return SourceSpan.None;
    }

    private static int Depth(string line) => line.Length - line.TrimStart(' ').Length;

    private static string Short(string text) => text.Length <= 60 ? text : text[..59] + "…";
}

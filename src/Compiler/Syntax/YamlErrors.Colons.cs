using System.Text.RegularExpressions;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sources;

namespace Confgen.Compiler.Syntax;

internal static partial class YamlErrors
{
    // `a: b: c`, as in `cache_control: max-age: 3600` or an unquoted URL with a blank behind its colon.
    private static (SourceSpan, string, Advice?)? ColonWithin(SourceText source, SourceSpan span, string words)
    {
        bool isMapping =
            words.Contains("Mapping values are not allowed", StringComparison.Ordinal)
            || words.Contains("invalid mapping", StringComparison.Ordinal)
            || words.Contains("expected key", StringComparison.Ordinal);
        for (int number = span.Line; isMapping && number >= Math.Max(1, span.Line - 1); number--)
        {
            if (TwoColons().Match(source.Line(number)) is { Success: true } match)
            {
                Group text = match.Groups["text"];
                string value = PlainValue(text.Value);
                var at = new SourceSpan(span.File, number, text.Index + 1, number, text.Index + value.Length + 1);
                string quoted = $"\"{value}\"";
                return (
                    at,
                    $"the value of '{match.Groups["key"].Value}' has a second ': '",
                    value.Contains('"', StringComparison.Ordinal)
                        ? new Advice("put the value in quotes")
                        : Advice.Replace(at, quoted, $"put it in quotes: {Short(quoted)}; or write a map on the lines below")
                );
            }
        }

        return null;
    }

    // The scanner gives up at the next colon: the culprit is the nearest line at or above it that has a word and no colon after it.
    private static (SourceSpan, string, Advice?)? MissingColon(SourceText source, SourceSpan span)
    {
        for (int number = span.Line; number >= Math.Max(1, span.Line - 3); number--)
        {
            if (KeyWithoutColon().Match(source.Line(number)) is { Success: true } match)
            {
                Group key = match.Groups["key"];
                string rest = match.Groups["rest"].Value;
                var at = new SourceSpan(span.File, number, key.Index + 1, number, key.Index + key.Length + 1);
                string sign = rest.TrimStart() is ['=', ..] ? "an '='" : "no ':'";
                int used = rest.TrimStart() is ['=', ..] ? rest.IndexOf('=', StringComparison.Ordinal) + 1 : 0;
                string value = rest[used..].TrimStart();
                bool blank = value.Length == 0 || rest[used..] != value;
                var replaced = at with { EndColumn = at.EndColumn + used };
                return (
                    at,
                    $"'{key.Value}' is followed by {sign}",
                    Advice.Replace(
                        replaced,
                        key.Value + (blank ? ":" : ": "),
                        $"write '{key.Value}:{(value.Trim().Length > 0 ? " " + Short(value.Trim()) : "")}'"
                    )
                );
            }
        }

        return null;
    }

    private static (SourceSpan, string, Advice?)? Bracket(SourceText source, SourceSpan span)
    {
        if (OpenBracket.Find(source, span.Line) is not { } open)
        {
            return null;
        }

        char close = open.Bracket == '{' ? '}' : ']';
        string line = source.Line(open.Span.Line);
        int end = line.TrimEnd().Length;
        int next = Enumerable
            .Range(open.Span.Line + 1, Math.Max(0, source.LineCount - open.Span.Line))
            .FirstOrDefault(n => source.Line(n).Trim().Length > 0);
        bool isLast = next == 0 || Depth(source.Line(next)) <= Depth(line) || (open.Bracket == '[' && Key().IsMatch(source.Line(next)));
        var at = new SourceSpan(span.File, open.Span.Line, end + 1, open.Span.Line, end + 1);
        bool hasContent = end > open.Span.Column && !line.Contains(" #", StringComparison.Ordinal);
        return (
            open.Span,
            $"this '{open.Bracket}' is never closed",
            isLast && hasContent
                ? Advice.Replace(at, close == '}' ? " }" : "]", $"write '{close}' at the end of line {open.Span.Line}")
                : new Advice($"write '{close}' where it ends")
        );
    }
}

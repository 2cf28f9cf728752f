using Confgen.Model.Diagnostics;
using Confgen.Model.Sources;

namespace Confgen.Compiler.Syntax;

/// <summary>Signs that a word processor or a web page puts in the place of those that YAML knows.</summary>
internal static class TypographicSigns
{
    private const char NoBreakSpace = '\u00A0';
    private const string Quotes = "\u201C\u201D\u201E\u201F\u00AB\u00BB\u2018\u2019\u201A\u201B";
    private const string Dashes = "\u2013\u2014\u2022\u2212";

    /// <summary>What is wrong with a text without quotes, and the way out; null where nothing is.</summary>
    /// <param name="text">The text.</param>
    /// <param name="span">Its place.</param>
    public static (string Message, Advice? Advice)? Find(string text, SourceSpan span)
    {
        if (text.Length == 0 || System.Text.Ascii.IsValid(text))
        {
            return null;
        }

        bool isOneLine = span.Line == span.EndLine && span.EndColumn - span.Column == text.Length;
        if (text.Contains(NoBreakSpace, StringComparison.Ordinal))
        {
            string spaced = text.Replace(NoBreakSpace, ' ');
            bool isSame = spaced.Trim() == spaced;
            return (
                "a no-break space (U+00A0), which YAML takes for a letter",
                isOneLine
                    ? Advice.Replace(
                        span,
                        isSame && text.Contains(": ", StringComparison.Ordinal) ? $"\"{spaced}\"" : spaced,
                        "write an ordinary space"
                    )
                    : new Advice("write an ordinary space")
            );
        }

        if (Quotes.Contains(text[0], StringComparison.Ordinal))
        {
            string bare = text.Trim([.. Quotes]);
            return (
                $"the typographic quote {text[0]}, which YAML takes for a letter",
                isOneLine && !bare.Contains('"', StringComparison.Ordinal)
                    ? Advice.Replace(span, $"\"{bare}\"")
                    : new Advice("write it as \"")
            );
        }

        return Dashes.Contains(text[0], StringComparison.Ordinal) && text.Length > 1 && text[1] == ' '
            ? (
                $"the dash {text[0]}, which YAML takes for a letter",
                isOneLine ? Advice.Replace(span with { EndColumn = span.Column + 1 }, "-", "write '- '") : new Advice("write '- '")
            )
            : null;
    }
}

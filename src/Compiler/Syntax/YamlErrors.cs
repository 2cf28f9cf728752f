using System.Text.RegularExpressions;
using Confgen.Model.Sources;
using Confgen.Model.Units;
using YamlDotNet.Core;

namespace Confgen.Compiler.Syntax;

/// <summary>
/// Says what is wrong with a text that the YAML scanner refused. The scanner names the place where it gave up; the mistake often stands a
/// line above, as a key without its colon.
/// </summary>
internal static partial class YamlErrors
{
    public static (SourceSpan Span, string Message, string? Hint) Explain(SourceText source, SourceSpan span, YamlException e)
    {
        string message = Clean(e.InnerException is YamlException inner ? inner.Message : e.Message);
        string line = source.Line(span.Line);

        // The scanner names the beginning of what the tab stands in, which may be the whole document, or the end of
        // what stands before it.
        bool isAbove = message.Contains("document end", StringComparison.Ordinal);
        if (TabIn(source, isAbove ? 1 : span.Line, isAbove || message.Contains("tab", StringComparison.Ordinal) ? int.MaxValue : span.Line) is { IsSome: true } tab)
        {
            return (tab, "a tab in the indentation", "indent with spaces: YAML doesn't allow tabs");
        }

        if (message.Contains("cannot start any token", StringComparison.Ordinal))
        {
            char sign = span.Column <= line.Length ? line[span.Column - 1] : ' ';
            return (span, $"a value can't start with '{sign}'", "put it in quotes");
        }

        if (message.Contains("alias", StringComparison.Ordinal) && line.Contains("*.", StringComparison.Ordinal))
        {
            return (span, "a value that starts with '*' is read as an alias", "put it in quotes: \"*.example.com\"");
        }

        // The scanner gives up at the next colon: the culprit is the nearest line at or above it that has a word and no colon after it.
        for (int number = span.Line; number >= Math.Max(1, span.Line - 3); number--)
        {
            string text = source.Line(number);
            if (KeyWithoutColon().Match(text) is { Success: true } match)
            {
                Group key = match.Groups["key"];
                string rest = match.Groups["rest"].Value.Trim();
                var at = new SourceSpan(span.File, number, key.Index + 1, number, key.Index + key.Length + 1);
                return (at, $"'{key.Value}' is not followed by a ':'", $"write '{key.Value}:{(rest.Length > 0 ? " " + (Secrets.IsSecretName(key.Value) ? "..." : Short(rest)) : "")}'");
            }
        }

        if (OpenBracket.Find(source, span.Line) is { } open)
        {
            return (open.Span, $"this '{open.Bracket}' is never closed", span.Line == open.Span.Line ? null : $"line {span.Line} can't stand within it");
        }

        bool isBlock = message.Contains("block mapping", StringComparison.Ordinal) || message.Contains("block collection", StringComparison.Ordinal);
        return (span, message, isBlock ? "is the indentation the same as on the lines around it?" : null);
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

    private static string Clean(string message)
    {
        int prefix = message.StartsWith('(') ? message.IndexOf("): ", StringComparison.Ordinal) : -1;
        string text = (prefix > 0 ? message[(prefix + 3)..] : message).TrimEnd('.');
        return text.Length > 1 && char.IsUpper(text[0]) && char.IsLower(text[1]) ? char.ToLowerInvariant(text[0]) + text[1..] : text;
    }

    private static string Short(string text) => text.Length <= 40 ? text : text[..39] + "…";

    [GeneratedRegex("^ *(- +)?(?<key>[A-Za-z_][A-Za-z0-9_-]*)(?<rest>( +[^:#\\s{\\[][^#]*| *[{\\[].*)?)$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex KeyWithoutColon();
}

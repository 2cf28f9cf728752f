using System.Text.RegularExpressions;

namespace Confgen.Compiler.Syntax;

internal static partial class YamlErrors
{
    [GeneratedRegex(
        "^ *(- +)?(?<key>[A-Za-z_][A-Za-z0-9_-]*)(?<rest>( *=[^#]*| +[^:#\\s{\\[][^#]*| *[{\\[].*)?)$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex KeyWithoutColon();

    [GeneratedRegex(
        "^ *(?<dash>- *)?(?<key>[a-z_][a-z0-9_]*):(?<rest> *[^ /].*)$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex KeyWithoutBlank();

    [GeneratedRegex(
        "^ *(- +)?[A-Za-z_][A-Za-z0-9_-]*: +[^ #|>&{\\[].*$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex KeyWithValue();

    [GeneratedRegex(
        "^ *(?<sign>[\u2013\u2014\u2022\u2212]) ",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex OddDash();

    [GeneratedRegex(
        "^ *(- +)?[A-Za-z_][A-Za-z0-9_-]*:( |$)",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex Key();

    [GeneratedRegex("\"([^\"\\\\]|\\\\.)*\"", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex QuotedWithEscape();

    [GeneratedRegex(
        ": +(?<text>[^\"'{}\\[\\],:\\s][^\"'{}\\[\\],]*\\{[a-z_.$]+\\}([^\"'{}\\[\\],]*[^\"'{}\\[\\], ])?)",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex BareBrace();

    // A value that begins with a quote and has none of its kind behind it; a comment may follow.
    [GeneratedRegex(
        "^[^\"'#]*(: +|- +|\\[ *|, +|\\{ *)(?<text>\"[^\"{}\\[\\],]*[^\"{}\\[\\], ]|'[^'{}\\[\\],]*[^'{}\\[\\], ])(?<rest> *[\\]},].*| "
            + "+#.*| *)$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex OpenQuote();

    [GeneratedRegex(
        "(: +|- +|\\[ *|, *)(?<text>[*&][^\\s,\\]}#]*)",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex BareStar();

    [GeneratedRegex(
        "^ *(- +)?(?<key>[A-Za-z_][A-Za-z0-9_-]*): +(?<text>[^\"'#{\\[][^#]*: .*)$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex TwoColons();
}

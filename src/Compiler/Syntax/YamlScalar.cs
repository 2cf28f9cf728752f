using System.Text.RegularExpressions;

namespace Confgen.Compiler.Syntax;

/// <summary>Writes a text as a YAML scalar that reads back as the same text, in a block and in a flow collection.</summary>
internal static partial class YamlScalar
{
    /// <summary>The text as it is where that is safe, else in double quotes.</summary>
    public static string Of(string text) =>
        Plain().IsMatch(text) && !text.EndsWith(':') && !Words().IsMatch(text)
            ? text
            : '"' + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + '"';

    [GeneratedRegex("^[A-Za-z0-9/._$+^][A-Za-z0-9/._$+@%:=;~-]*$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Plain();

    [GeneratedRegex(
        "^(true|false|yes|no|on|off|null|~)$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex Words();
}

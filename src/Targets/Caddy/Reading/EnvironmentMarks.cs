using System.Text;
using System.Text.RegularExpressions;
using Confgen.Targets.Caddy.Syntax.Catalogue;
using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Caddy.Reading;

/// <summary>
/// References to the environment, <c>{$NAME:default}</c>, in the text of a Caddyfile. In a value one becomes a mark, which the spec has as
/// <c>${NAME:-default}</c>; one that stands alone on a line, or whose default breaks words apart, is replaced as Caddy does.
/// </summary>
internal static partial class EnvironmentMarks
{
    /// <summary>The text with its references marked or replaced.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="variable">The variables of the environment.</param>
    /// <param name="gone">Takes each reference that leaves nothing, with its line and column.</param>
    public static string Mark(string text, Func<string, string?> variable, Action<string, int, int> gone)
    {
        if (!text.Contains("{$", StringComparison.Ordinal))
        {
            return text;
        }

        string[] lines = text.Split('\n');
        int depth = 0;
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].Trim();
            if (Reference().Match(line) is { Success: true } only && only.Length == line.Length && !(depth == 0 && IsAddress(lines, i)))
            {
                string value = variable(only.Groups["name"].Value) ?? only.Groups["default"].Value;
                if (value.Trim().Length == 0)
                {
                    gone(line, i + 1, lines[i].IndexOf('{', StringComparison.Ordinal) + 1);
                }

                lines[i] = lines[i].Replace(line, value, StringComparison.Ordinal);
            }
            else if (!line.StartsWith('#'))
            {
                depth += line.EndsWith('{') ? 1 : 0;
                depth -= line == "}" ? 1 : 0;
            }
        }

        return Reference().Replace(string.Join('\n', lines), Marked);
    }

    /// <summary>A text with the default of each variable, and nothing for one that has none.</summary>
    public static string WithDefaults(string text) =>
        text.Contains(OutputText.VariableSign, StringComparison.Ordinal)
            ? MarkPattern().Replace(text, m => m.Groups["default"].Value)
            : text;

    /// <summary>A text with its references as the Caddyfile has them.</summary>
    public static string AsWritten(string text) =>
        IsIn(text)
            ? MarkPattern()
                .Replace(text, m => $"{{${m.Groups["name"].Value}{(m.Groups["default"].Success ? ":" + m.Groups["default"].Value : "")}}}")
            : text;

    /// <summary>Whether a text holds a variable of the environment.</summary>
    public static bool IsIn(string text) => text.Contains(OutputText.VariableSign, StringComparison.Ordinal);

    /// <summary>The mark of a variable.</summary>
    public static string Of(string name) => $"{OutputText.VariableSign}{{{name}}}";

    /// <summary>The length of the mark that a text begins with.</summary>
    public static int LengthOf(ReadOnlySpan<char> text) => text.IndexOf('}') + 1;

    private static string Marked(Match reference)
    {
        Group fallback = reference.Groups["default"];
        if (
            fallback.Success
            && (fallback.Value.Length == 0 || fallback.Value.Any(c => char.IsWhiteSpace(c) || c is '"' or '`' or '\\' or '$'))
        )
        {
            return fallback.Value;
        }

        var mark = new StringBuilder().Append(OutputText.VariableSign).Append('{').Append(reference.Groups["name"].Value);
        return (fallback.Success ? mark.Append(":-").Append(fallback.Value) : mark).Append('}').ToString();
    }

    // A site without braces may have a variable as its address: directives follow.
    private static bool IsAddress(string[] lines, int at)
    {
        string? next = lines.Skip(at + 1).Select(l => l.Trim()).FirstOrDefault(l => l.Length > 0 && !l.StartsWith('#'));
        string name = next?.Split([' ', '\t'], 2)[0] ?? "";
        return name == "{" || (name != "import" && CaddyCatalogue.Standard.Directives.Find(name) is not null);
    }

    [GeneratedRegex(@"\{\$(?<name>[A-Za-z_][A-Za-z0-9_]*)(:(?<default>[^{}\n]*))?\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Reference();

    [GeneratedRegex("\uE000\\{(?<name>[A-Za-z0-9_]+)(:-(?<default>[^}]*))?\\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MarkPattern();
}

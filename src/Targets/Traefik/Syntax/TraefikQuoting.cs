using Confgen.Targets.Yaml;

namespace Confgen.Targets.Traefik.Syntax;

/// <summary>
/// Writes texts as YAML scalars for Traefik. It runs its dynamic file through Go's templates before it is read as YAML, so that no text
/// may hold two braces in a row.
/// </summary>
internal static class TraefikQuoting
{
    private const string Action = "{{";

    /// <summary>A scalar that is read as the text: plain where it can't be mistaken, else between quotes.</summary>
    public static string Scalar(string text)
    {
        return text.Contains(Action, StringComparison.Ordinal)
            ? YamlQuoting.Quote(text).Replace(Action, "{\\u007B", StringComparison.Ordinal)
            : YamlQuoting.Single(text);
    }

    /// <summary>
    /// A text as an argument of a matcher: between backquotes, or as Go's string between quotes where it holds one.
    /// </summary>
    public static string Argument(string text)
    {
        if (!text.AsSpan().ContainsAny('`', '\r', '\0'))
        {
            return $"`{text}`";
        }

        string escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal)
            .Replace("\r", "\\r", StringComparison.Ordinal)
            .Replace("\0", "\\x00", StringComparison.Ordinal);
        return $"\"{escaped}\"";
    }

    /// <summary>A regex as an argument of a matcher, between backquotes.</summary>
    public static string Regex(string regex) =>
        $"`{regex.Replace("`", "\\x60", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal)}`";
}

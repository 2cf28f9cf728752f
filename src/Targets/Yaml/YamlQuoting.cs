using System.Text;

namespace Confgen.Targets.Yaml;

/// <summary>Writes texts as YAML scalars that every reader takes for the same text, YAML 1.1 ones as PyYAML included.</summary>
internal static class YamlQuoting
{
    /// <summary>The text, plain where that can't be mistaken, else between double quotes.</summary>
    public static string Quote(string text) => IsPlain(text) ? text : Escape(text);

    /// <summary>The text, plain where that can't be mistaken, else between single quotes where they can hold it.</summary>
    public static string Single(string text)
    {
        string quoted = Quote(text);
        return quoted[0] == '"' && text.Length > 0 && text.All(static c => c is >= ' ' and <= '~')
            ? "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'"
            : quoted;
    }

    /// <summary>A boolean, in the one spelling that all versions of YAML share.</summary>
    public static string Boolean(bool value) => value ? "true" : "false";

    // Plain are words that start with a letter or a slash, and addresses: none of them can be a number, a date, a mark or a tag.
    private static bool IsPlain(string text)
    {
        bool word = text.Length > 0 && (char.IsAsciiLetter(text[0]) || text[0] == '/');
        bool characters = text.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '-' or '_');
        return characters && (word ? Yaml11.KindOf(text) == Yaml11Kind.Text : IsIPv4(text));
    }

    private static bool IsIPv4(string text) =>
        text.Count(c => c == '.') == 3 && text.All(c => char.IsAsciiDigit(c) || c == '.') && Yaml11.KindOf(text) == Yaml11Kind.Text;

    // Everything outside ASCII is escaped: PyServe opens its file in the encoding of the machine's locale.
    private static string Escape(string text)
    {
        var result = new StringBuilder(text.Length + 2).Append('"');
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c is '"' or '\\')
            {
                result.Append('\\').Append(c);
            }
            else if (c is >= ' ' and <= '~')
            {
                result.Append(c);
            }
            else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                result.Append("\\U").Append(char.ConvertToUtf32(c, text[++i]).ToString("X8", null));
            }
            else
            {
                result.Append("\\u").Append(((int)c).ToString("X4", null));
            }
        }

        return result.Append('"').ToString();
    }
}

using System.Text;
using System.Text.Json;

namespace Confgen.Targets.Tests.Hostile;

/// <summary>
/// What a configuration does, without the texts in it: two of one shape differ in values alone. Written without any of the code under test.
/// </summary>
internal static class Shape
{
    /// <summary>Of nginx' language, as its lexer reads it: each directive by name, depth and the number of its arguments.</summary>
    public static string OfNginx(string text)
    {
        var shape = new StringBuilder();
        var words = new List<string>();
        int depth = 0;
        for (int i = 0; i < text.Length;)
        {
            char c = text[i];
            if (char.IsWhiteSpace(c))
            {
                i++;
            }
            else if (c == '#')
            {
                while (i < text.Length && text[i] != '\n')
                {
                    i++;
                }
            }
            else if (c is ';' or '{' or '}')
            {
                if (c != '}')
                {
                    // A list of types or of methods may have any length; what matters is what is done.
                    shape.Append(' ', depth).Append(words.FirstOrDefault()).Append('/').Append(words.Count).Append(c).Append('\n');
                    words.Clear();
                }

                depth += c == '{' ? 1 : c == '}' ? -1 : 0;
                i++;
            }
            else
            {
                words.Add(Word(text, ref i));
            }
        }

        return shape.ToString();
    }

    /// <summary>Of JSON: its keys and the lengths of its lists; of strings those alone that name a module.</summary>
    public static string OfJson(string text)
    {
        using var document = JsonDocument.Parse(text);
        var shape = new StringBuilder();
        Write(document.RootElement, "", shape);
        return shape.ToString();
    }

    private static string Word(string text, ref int i)
    {
        int start = i;
        if (text[i] is '"' or '\'')
        {
            char quote = text[i++];
            while (i < text.Length && text[i] != quote)
            {
                i += text[i] == '\\' ? 2 : 1;
            }

            i++;
            return text[start..Math.Min(i, text.Length)];
        }

        while (i < text.Length && !char.IsWhiteSpace(text[i]) && text[i] is not (';' or '{'))
        {
            // ${name} is one word.
            int variable = text[i] == '$' && i + 1 < text.Length && text[i + 1] == '{' ? text.IndexOf('}', i) : -1;
            i = variable > 0 ? variable + 1 : i + (text[i] == '\\' ? 2 : 1);
        }

        return text[start..Math.Min(i, text.Length)];
    }

    private static void Write(JsonElement element, string key, StringBuilder shape)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                shape.Append('{');
                foreach (JsonProperty property in element.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal))
                {
                    shape.Append(property.Name).Append(':');
                    Write(property.Value, property.Name, shape);
                    shape.Append('\n');
                }

                shape.Append('}');
                break;
            case JsonValueKind.Array:
                shape.Append('[');
                foreach (JsonElement item in element.EnumerateArray())
                {
                    Write(item, key, shape);
                    shape.Append(',');
                }

                shape.Append(']');
                break;
            case JsonValueKind.String when key is "handler" or "module" or "protocol" or "status_code":
                shape.Append(element.GetString());
                break;
            case JsonValueKind.Number:
                shape.Append(element.GetRawText());
                break;
            default:
                shape.Append(element.ValueKind is JsonValueKind.String ? "s" : element.GetRawText());
                break;
        }
    }
}

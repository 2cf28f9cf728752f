using System.Text;
using Confgen.Model.Rules;
using Confgen.Runtime.Messages;

namespace Confgen.Runtime.Routing;

/// <summary>What placeholders of a name stand for in a request, a character for each byte.</summary>
internal static class RequestValues
{
    private static readonly Dictionary<string, string> _none = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Fields by their names: of each its lines, joined by a comma and a blank (RFC 9110, section 5.3), or as a cookie's by a semicolon
    /// (RFC 9113, section 8.2.3).
    /// </summary>
    public static IReadOnlyDictionary<string, string> Fields(FieldList fields, IReadOnlyList<string> names)
    {
        if (names.Count == 0)
        {
            return _none;
        }

        var values = new Dictionary<string, string>(names.Count, StringComparer.OrdinalIgnoreCase);
        foreach (string name in names)
        {
            values[name] = Joined(fields, Encoding.Latin1.GetBytes(name));
        }

        return values;
    }

    private static string Joined(FieldList fields, byte[] name)
    {
        int first = fields.IndexOf(name);
        if (first < 0)
        {
            return "";
        }

        string value = fields.ValueText(first);
        string separator = fields[first].Kind == FieldKind.Cookie ? "; " : ", ";
        for (int i = fields.IndexOf(name, first + 1); i >= 0; i = fields.IndexOf(name, i + 1))
        {
            value = string.Concat(value, separator, fields.ValueText(i));
        }

        return value;
    }

    /// <summary>The raw value of the first parameter of a target's query.</summary>
    public static string QueryValue(string target, string name)
    {
        int question = target.IndexOf('?', StringComparison.Ordinal);
        return question < 0 ? "" : QueryParameters.First(target.AsSpan(question + 1), name);
    }
}

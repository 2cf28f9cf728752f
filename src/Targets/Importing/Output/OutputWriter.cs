using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Confgen.Targets.Importing.Output;

/// <summary>Writes the nodes as YAML in blocks: what <c>confgen fmt</c> leaves as it is. Lists of values stand in brackets.</summary>
internal static partial class OutputWriter
{
    private const int LongestLine = 120;

    public static string Write(OutputMap root)
    {
        var text = new StringBuilder();
        Comment(text, root, 0);
        bool isFirst = true;
        foreach ((string key, OutputNode value) in root.Entries)
        {
            if (!isFirst)
            {
                text.Append('\n');
            }

            isFirst = false;
            Entry(text, key, value, 0);
        }

        return text.ToString();
    }

    /// <summary>A text as it is where YAML and the language read it as the same text, else in quotes.</summary>
    public static string Quote(string text)
    {
        // A variable of the environment would be replaced.
        text = text.Replace("${", "$${", StringComparison.Ordinal).Replace(OutputText.VariableSign, '$');
        if (Plain().IsMatch(text) && !text.EndsWith(' ') && !Words().IsMatch(text))
        {
            return text;
        }

        if (!text.Any(char.IsControl) && !text.Contains('\'', StringComparison.Ordinal) && text.AsSpan().ContainsAny('\\', '"'))
        {
            return $"'{text}'";
        }

        var quoted = new StringBuilder("\"");
        foreach (char c in text)
        {
            quoted.Append(
                c switch
                {
                    '"' => "\\\"",
                    '\\' => "\\\\",
                    '\n' => "\\n",
                    '\r' => "\\r",
                    '\t' => "\\t",
                    _ when char.IsControl(c) || c is '\u2028' or '\u2029' or '\ufeff' => "\\u"
                        + ((int)c).ToString("x4", CultureInfo.InvariantCulture),
                    _ => c.ToString(),
                }
            );
        }

        return quoted.Append('"').ToString();
    }

    private static void Entry(StringBuilder text, string key, OutputNode value, int indent)
    {
        Comment(text, value, indent);
        text.Append(' ', indent).Append(Key(key)).Append(':');
        Value(text, value, indent, indent + key.Length + 2);
    }

    private static void Value(StringBuilder text, OutputNode value, int indent, int column)
    {
        if (Inline(value) is { } inline && (value is OutputText || column + inline.Length <= LongestLine))
        {
            text.Append(' ').Append(inline).Append('\n');
            return;
        }

        text.Append('\n');
        switch (value)
        {
            case OutputMap map:
                foreach ((string key, OutputNode entry) in map.Entries)
                {
                    Entry(text, key, entry, indent + 2);
                }

                break;
            case OutputList list:
                Items(text, list, indent + 2);
                break;
        }
    }

    private static void Items(StringBuilder text, OutputList list, int indent)
    {
        foreach (OutputNode item in list.Items)
        {
            Comment(text, item, indent);
            if (item is OutputMap { Entries.Count: > 0 } map)
            {
                var inner = new StringBuilder();
                foreach ((string key, OutputNode value) in map.Entries)
                {
                    Entry(inner, key, value, indent + 2);
                }

                // A comment of the first entry would stand behind the dash.
                string entries = inner.ToString();
                string comments = string.Concat(map.Entries[0].Value.Comments.Select(c => new string(' ', indent + 2) + Sign(c)));
                foreach (string comment in map.Entries[0].Value.Comments)
                {
                    text.Append(' ', indent).Append(Sign(comment));
                }

                text.Append(' ', indent).Append("- ").Append(entries.AsSpan(comments.Length + indent + 2));
            }
            else
            {
                text.Append(' ', indent).Append('-');
                Value(text, item, indent, indent + 2);
            }
        }
    }

    private static string? Inline(OutputNode value) =>
        value switch
        {
            OutputText text => text.IsWord ? text.Text.Replace(OutputText.VariableSign, '$') : Quote(text.Text),
            OutputList list when list.Items.All(i => i is OutputText && i.Comments.Count == 0) => "["
                + string.Join(", ", list.Items.Select(Inline))
                + "]",
            OutputMap { Entries.Count: 0 } => "{}",
            _ => null,
        };

    private static void Comment(StringBuilder text, OutputNode node, int indent)
    {
        foreach (string comment in node.Comments)
        {
            text.Append(' ', indent).Append(Sign(comment));
        }
    }

    // Keys are texts whatever they look like, as 502 and on.
    private static string Key(string key) =>
        key.Length > 0 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-') && key[0] != '-' ? key : Quote(key);

    private static string Sign(string comment) => $"# {comment}\n";

    [GeneratedRegex(@"^[A-Za-z0-9/._$+^(~][A-Za-z0-9/._$+%=;()^|~ -]*\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Plain();

    [GeneratedRegex(
        @"^(true|false|yes|no|on|off|null|~|y|n|[+-]?[0-9._]+(e[+-]?[0-9]+)?|0[xo][0-9a-f]+)\z",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex Words();
}

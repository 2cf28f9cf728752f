using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;

namespace Confgen.Targets.Caddy.Syntax;

/// <summary>
/// Writes any string so that Caddy reads exactly that string in its place, or says why it can't. Four steps of Caddy's stand in the way:
/// <list type="number">
/// <item>environment references <c>{$X}</c> are replaced in the bytes of the file, in quotes and comments too;</item>
/// <item>the text is cut into tokens; in <c>"..."</c> a backslash before a quote vanishes, and nothing else;</item>
/// <item>tokens that come out of an <c>import</c> lose one backslash before each brace, and shorthands as <c>{host}</c> become long names,
/// even after a backslash;</item>
/// <item>where a value is expanded, known placeholders are replaced and <c>\{</c> becomes <c>{</c>.</item>
/// </list>
/// </summary>
/// <param name="version">The release that shall read it.</param>
/// <param name="imports"> How often the text is imported: 1 in a snippet or an imported file, 2 in a snippet of an imported file. A snippet
/// that imports another one counts once: what is imported is read where the line that imports it stands.
/// </param>
internal sealed partial class CaddyQuoting(CaddyVersion version, int imports = 0)
{
    /// <summary>From here on a value without any <c>{</c> also loses the backslash of <c>\}</c>.</summary>
    private static readonly CaddyVersion LoneCloserUnescapedSince = new(8);

    private static readonly SearchValues<char> FieldNameCharacters = SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'+-.^_`|~"
    );

    /// <summary>
    /// A token whose text is taken as it is: a path, an address, a number, a name. Placeholders of Caddy's own must not occur in it.
    /// </summary>
    public CaddyQuoted Argument(string text)
    {
        for (int at = text.IndexOf('{'); at >= 0; at = text.IndexOf('{', at + 1))
        {
            if (MayNameSomething(text, at) && text[at + 1] != '$')
            {
                return CaddyQuoted.Refused("Caddy would take the '{' for the start of a placeholder");
            }
        }

        if (imports > 0 && (text.Contains("\\{", StringComparison.Ordinal) || text.Contains("\\}", StringComparison.Ordinal)))
        {
            return CaddyQuoted.Refused("Caddy drops a backslash before a brace");
        }

        return CaddyTokenText.Of(text);
    }

    /// <summary>A literal value in a place where Caddy expands placeholders.</summary>
    public CaddyQuoted Value(string text) => Value([new CaddyPart(text, IsPlaceholder: false)]);

    /// <summary>A value in a place where Caddy expands placeholders: some of its parts shall be expanded, the others stay.</summary>
    public CaddyQuoted Value(params ReadOnlySpan<CaddyPart> parts)
    {
        bool braces = false;
        bool closers = false;
        foreach (CaddyPart part in parts)
        {
            braces |= part.IsPlaceholder || part.Text.Contains('{');
            closers |= part.Text.Contains('}');
        }

        if (!braces && !closers)
        {
            return parts.Length == 1 ? CaddyTokenText.Of(parts[0].Text) : CaddyTokenText.Of(Join(parts));
        }

        if (!braces && version < LoneCloserUnescapedSince)
        {
            // Without any "{" these releases expand nothing, so nothing may be escaped.
            string text = Join(parts);
            return text == "}" ? CaddyQuoted.Refused("before 2.8 a lone '}' always closes a block") : CaddyTokenText.Of(text);
        }

        var escaped = new StringBuilder();
        foreach (CaddyPart part in parts)
        {
            if (!part.IsPlaceholder)
            {
                Escape(escaped, part.Text);
            }
            else if (escaped.Length > 0 && escaped[^1] == '\\')
            {
                return CaddyQuoted.Refused("a backslash right before a placeholder would keep Caddy from replacing it");
            }
            else
            {
                escaped.Append(part.Text);
            }
        }

        return CaddyTokenText.Of(escaped.ToString());
    }

    /// <summary>
    /// The body of a response, where Caddy replaces known placeholders alone: the braces of JSON, CSS and code, which name nothing, stay
    /// readable.
    /// </summary>
    public CaddyQuoted Body(params ReadOnlySpan<CaddyPart> parts)
    {
        bool plain = true;
        foreach (CaddyPart part in parts)
        {
            plain &= part.IsPlaceholder || !HasBraceWithMeaning(part.Text);
        }

        return plain ? CaddyTokenText.Of(Join(parts)) : Value(parts);
    }

    /// <summary>A value of a header field: as <see cref="Value(ReadOnlySpan{CaddyPart})"/>, without what no header can carry.</summary>
    public CaddyQuoted HeaderValue(params ReadOnlySpan<CaddyPart> parts)
    {
        foreach (CaddyPart part in parts)
        {
            if (part.Text.Any(static c => c is < ' ' and not '\t' or '\x7F'))
            {
                return CaddyQuoted.Refused("a header's value can't hold control characters");
            }
        }

        return Value(parts);
    }

    /// <summary>
    /// A regular expression. Its literal braces are written as <c>\x7B</c> and <c>\x7D</c>, which no step of Caddy's touches.
    /// </summary>
    public static CaddyQuoted Regex(string pattern)
    {
        if (!pattern.Contains('{') && !pattern.Contains('}'))
        {
            return RegexToken(pattern);
        }

        if (pattern.Contains("\\Q", StringComparison.Ordinal))
        {
            return CaddyQuoted.Refused("braces can't be told from text within \\Q...\\E: escape the characters one by one");
        }

        var result = new StringBuilder(pattern.Length + 16);
        for (int i = 0; i < pattern.Length; i++)
        {
            char ch = pattern[i];
            if (ch == '\\' && i + 1 < pattern.Length && pattern[i + 1] is not ('{' or '}'))
            {
                // \p{Greek}, \x{1F600}: these braces belong to the escape.
                int close =
                    pattern[i + 1] is 'p' or 'P' or 'x' && i + 2 < pattern.Length && pattern[i + 2] == '{' ? pattern.IndexOf('}', i) : -1;
                int end = close < 0 ? i + 2 : close + 1;
                result.Append(pattern, i, end - i);
                i = end - 1;
            }
            else if (ch == '{' && Repetition().Match(pattern, i) is { Success: true } repetition)
            {
                result.Append(repetition.ValueSpan);
                i += repetition.Length - 1;
            }
            else if (ch is '{' or '}' || (ch == '\\' && i + 1 < pattern.Length))
            {
                i += ch == '\\' ? 1 : 0;
                result.Append(pattern[i] == '{' ? "\\x7B" : "\\x7D");
            }
            else
            {
                result.Append(ch);
            }
        }

        return RegexToken(result.ToString());
    }

    /// <summary>
    /// The name of a header field, in a place where <c>-</c>, <c>+</c>, <c>?</c> and <c>&gt;</c> before it are operators and some words are
    /// options.
    /// </summary>
    public static CaddyQuoted FieldName(string name)
    {
        if (name.Length == 0 || name.AsSpan().ContainsAnyExcept(FieldNameCharacters))
        {
            return CaddyQuoted.Refused("it is not the name of a header field that Caddy can handle");
        }

        if (name[0] is '-' or '+')
        {
            return CaddyQuoted.Refused("Caddy takes the first character of the header's name for an operator");
        }

        // These are options of a header block; names don't differ by case, options do.
        return CaddyTokenText.Of(name is "defer" or "match" or "import" ? char.ToUpperInvariant(name[0]) + name[1..] : name);
    }

    /// <summary>A comment line with this text: it can't end early, nor be taken for anything else.</summary>
    public static string Comment(string text)
    {
        var result = new StringBuilder(text.Length + 2).Append('#');
        char before = ' ';
        result.Append(' ');
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (rune.Value is < 0x20 or 0x7F or 0x85 or 0x2028 or 0x2029 or 0xFEFF)
            {
                result.Append(' ');
                before = ' ';
                continue;
            }

            // A reference "{$" would be replaced up to the next "}", wherever that is.
            result.Append(before == '{' && rune.Value == '$' ? " " : "").Append(rune.ToString());
            before = result[^1];
        }

        return result.ToString().TrimEnd();
    }

    /// <summary>The first word of a line in a block, which Caddy takes for a directive of its own where it is <c>import</c>.</summary>
    public static CaddyQuoted FirstWord(CaddyQuoted word) =>
        word.Text?.Trim('"', '`') == "import"
            ? CaddyQuoted.Refused("Caddy takes the word 'import' at the start of a line for a directive, in quotes too")
            : word;

    /// <summary>An expression is never the first word of a line, so it may start with a backslash.</summary>
    private static CaddyQuoted RegexToken(string pattern) =>
        pattern.StartsWith('\\') && CaddyTokenText.IsBare("x" + pattern) ? CaddyQuoted.Of(pattern) : CaddyTokenText.Of(pattern);

    [GeneratedRegex(@"\G\{[0-9]+(?:,[0-9]*)?\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Repetition();

    private static string Join(ReadOnlySpan<CaddyPart> parts)
    {
        var result = new StringBuilder();
        foreach (CaddyPart part in parts)
        {
            result.Append(part.Text);
        }

        return result.ToString();
    }

    /// <summary>Whether the brace could start a placeholder, a shorthand or a reference of any release. JSON's braces can't.</summary>
    private static bool MayNameSomething(string text, int brace) =>
        brace + 1 < text.Length && (char.IsAsciiLetterOrDigit(text[brace + 1]) || text[brace + 1] is '$' or '%' or '?' or '_');

    /// <summary>
    /// Whether leaving the text's braces as they are could change it: a name follows one, or a backslash stands before one.
    /// </summary>
    private static bool HasBraceWithMeaning(string text)
    {
        int opened = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] is '{' or '}' && i > 0 && text[i - 1] == '\\')
            {
                return true;
            }

            // Caddy gives up on texts with more than a hundred braces that nothing closes.
            if (text[i] == '{' && (i + 1 == text.Length || MayNameSomething(text, i) || ++opened > 100))
            {
                return true;
            }
        }

        return text.EndsWith('\\');
    }

    private void Escape(StringBuilder result, string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            char ch = text[i];
            if (ch is '{' or '}')
            {
                // One backslash for the expansion, and one for each import, which drops one of its own.
                result.Append('\\', 1 + imports);
            }

            result.Append(ch);
        }
    }
}

using System.Buffers;
using System.Globalization;
using System.Text;

namespace Confgen.Targets.Nginx.Syntax;

/// <summary>
/// Writes any value so that nginx reads exactly that value back, in each kind of place, or refuses it. Nothing that passed can end a
/// directive or start another.
/// </summary>
internal static class NginxQuoting
{
    /// <summary>
    /// The variable that stands for a dollar sign: nginx has no escape for one where it expands variables, but doesn't expand the
    /// values of <c>geo</c>.
    /// </summary>
    public const string DollarHelper = "geo $dollar { default \"$\"; }";

    /// <summary>
    /// The longest word, in bytes with its escapes, that is read in every place: quotes and the blank behind it count against the
    /// 4096 bytes that nginx holds of a word.
    /// </summary>
    public const int MaxWordBytes = 4093;

    private static readonly SearchValues<char> Special = SearchValues.Create(" \t\r\n;{}\"'\\$#");
    private static readonly SearchValues<char> RegexSpecial = SearchValues.Create(" \t\r\n;{}\"'#");
    private static readonly SearchValues<char> HeaderNameCharacters = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    );

    /// <summary>A whole argument where nginx expands no variables: file names, server names, the values of <c>geo</c>.</summary>
    public static NginxQuoted Argument(string value) => Word(value, dollar: false);

    /// <summary>
    /// A whole argument that is literal text where nginx expands variables: <c>return</c>, <c>map</c> values, <c>log_format</c>.
    /// </summary>
    public static NginxQuoted Text(string value) => new NginxText().Literal(value).ToQuoted();

    /// <summary>The value of a header field: as <see cref="Text"/>, but what would break the message is refused (RFC 9110, 5.5).</summary>
    public static NginxQuoted HeaderValue(string value) => new NginxText().HeaderLiteral(value).ToQuoted();

    /// <summary>The name of a header field, which is a token (RFC 9110, 5.1).</summary>
    public static NginxQuoted HeaderName(string value) =>
        value.Length == 0 || value.AsSpan().ContainsAnyExcept(HeaderNameCharacters)
            ? NginxQuoted.Refused("it is not a header field's name")
            : Word(value, dollar: false);

    /// <summary>A regular expression after <c>~</c>, in <c>location</c>, <c>if</c> and <c>rewrite</c>: <c>$</c> is literal there.</summary>
    public static NginxQuoted Regex(string pattern) =>
        pattern.Length == 0 ? NginxQuoted.Refused("it is empty") : Word(pattern, dollar: true);

    /// <summary>A regular expression with its <c>~</c>, as the key of a <c>map</c> or a <c>server_name</c>.</summary>
    public static NginxQuoted RegexKey(string pattern) =>
        pattern.Length == 0 ? NginxQuoted.Refused("it is empty") : Word("~" + pattern, dollar: true);

    /// <summary>
    /// A key of a <c>map</c> that stands for exactly this text, which nginx compares without case; a backslash in front hides what
    /// would be a regular expression or one of the map's own words.
    /// </summary>
    public static NginxQuoted MapKey(string value) =>
        Word(
            value is "default" or "hostnames" or "volatile" or "include" || value.StartsWith('~') || value.StartsWith('\\')
                ? "\\" + value
                : value,
            dollar: true
        );

    /// <summary>
    /// A key of a <c>map</c> that stands for exactly this text, with case. nginx tries no regular expression on an empty text.
    /// </summary>
    public static NginxQuoted ExactMapKey(string value) =>
        value.Length == 0 ? Word("", dollar: false) : RegexKey("^" + EscapeRegex(value) + "\\z");

    /// <summary>A comment, with its <c>#</c>. It ends where the line does, so a value with line ends is refused.</summary>
    public static NginxQuoted Comment(string value)
    {
        if (Refuse(value) is { } refusal)
        {
            return NginxQuoted.Refused(refusal);
        }

        foreach (char c in value)
        {
            if (char.IsControl(c) && c != '\t')
            {
                return NginxQuoted.Refused("it has a control character");
            }
        }

        string text = ("# " + value).TrimEnd();
        return Encoding.UTF8.GetByteCount(text) > MaxWordBytes ? NginxQuoted.Refused(TooLong) : NginxQuoted.Of(text);
    }

    /// <summary>The regular expression (PCRE) that matches exactly this text.</summary>
    public static string EscapeRegex(ReadOnlySpan<char> text)
    {
        var result = new StringBuilder(text.Length + 8);
        foreach (char c in text)
        {
            if (c < ' ' || c == '\x7f')
            {
                result.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}");
                continue;
            }

            if (c is '\\' or '^' or '$' or '.' or '|' or '?' or '*' or '+' or '(' or ')' or '[' or ']' or '{' or '}')
            {
                result.Append('\\');
            }

            result.Append(c);
        }

        return result.ToString();
    }

    internal const string TooLong = "it is longer than the 4 KiB that nginx can hold of one word";

    /// <summary>Why nginx can hold such a text nowhere, or null.</summary>
    internal static string? Refuse(ReadOnlySpan<char> value)
    {
        if (value.Contains('\0'))
        {
            return "it has a NUL character";
        }

        for (int i = value.IndexOfAnyInRange('\ud800', '\udfff'); i >= 0 && i < value.Length; i++)
        {
            if (char.IsHighSurrogate(value[i]) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(value[i]))
            {
                return "it is not valid Unicode";
            }
        }

        return null;
    }

    /// <summary>The value as one word; in quotes only where it needs them.</summary>
    /// <param name="value">What nginx is to read.</param>
    /// <param name="dollar">Whether a bare word may hold a dollar sign, so that regular expressions stay readable.</param>
    private static NginxQuoted Word(string value, bool dollar)
    {
        if (Refuse(value) is { } refusal)
        {
            return NginxQuoted.Refused(refusal);
        }

        string word = IsBare(value, dollar) ? value : Quote(value);
        return Encoding.UTF8.GetByteCount(word) > MaxWordBytes ? NginxQuoted.Refused(TooLong) : NginxQuoted.Of(word);
    }

    private static bool IsBare(string value, bool dollar)
    {
        if (value.Length == 0)
        {
            return false;
        }

        if (!dollar)
        {
            return !value.AsSpan().ContainsAny(Special);
        }

        // A backslash stays one, and stays bare, where the character after it gives the pair no other meaning.
        if (value.AsSpan().ContainsAny(RegexSpecial) || value[^1] == '\\')
        {
            return false;
        }

        for (int i = value.IndexOf('\\', StringComparison.Ordinal); i >= 0 && i + 1 < value.Length; i++)
        {
            if (value[i] == '\\' && IsEscape(value[i + 1]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The value in double quotes. Only those backslashes are doubled that nginx would take as an escape.</summary>
    internal static string Quote(ReadOnlySpan<char> value)
    {
        var result = new StringBuilder(value.Length + 8).Append('"');
        for (int i = 0; i < value.Length; i++)
        {
            char c = value[i];
            switch (c)
            {
                case '"':
                    result.Append("\\\"");
                    break;
                case '\n':
                    result.Append("\\n");
                    break;
                case '\r':
                    result.Append("\\r");
                    break;
                case '\t':
                    result.Append("\\t");
                    break;
                case '\\' when i + 1 == value.Length || IsEscape(value[i + 1]) || value[i + 1] is '\n' or '\r' or '\t':
                    result.Append("\\\\");
                    break;
                default:
                    result.Append(c);
                    break;
            }
        }

        return result.Append('"').ToString();
    }

    /// <summary>Whether nginx takes a backslash and this character for something else.</summary>
    private static bool IsEscape(char c) => c is '"' or '\'' or '\\' or 't' or 'r' or 'n';
}

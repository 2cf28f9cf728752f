using System.Text;

namespace Confgen.Compiler.Syntax;

/// <summary>
/// Replaces <c>${VAR}</c> and <c>${VAR:-default}</c> in a scalar, and <c>$${</c> by a literal <c>${</c>. It works on values that were
/// already parsed, so that a variable can never change the structure of the spec. One serves one compilation: what all of its variables
/// bring in together has a bound.
/// </summary>
/// <param name="variables">The environment, by a variable's name; null where none may be used.</param>
internal sealed class EnvironmentVariables(Func<string, string?>? variables)
{
    /// <summary>The most characters of one value.</summary>
    public const int LongestValue = 256 * 1024;

    /// <summary>The most characters that variables bring into a spec.</summary>
    public const int LongestTotal = 16 * 1024 * 1024;

    private readonly Dictionary<string, string> _used = new(StringComparer.Ordinal);
    private int _total;

    /// <summary>
    /// The variables that were replaced, with their values; defaults are not among them, because the spec's text shows them.
    /// </summary>
    public IReadOnlyDictionary<string, string> Used => _used;

    /// <summary>The text with every reference replaced, or as it was with the first fault.</summary>
    public ExpandedText Expand(string text)
    {
        int dollar = text.IndexOf("${", StringComparison.Ordinal);
        if (dollar < 0)
        {
            return new ExpandedText(text, ExpansionFault.None, "");
        }

        var result = new StringBuilder(text.Length);
        int at = 0;
        for (; dollar >= 0; dollar = text.IndexOf("${", at, StringComparison.Ordinal))
        {
            if (dollar > at && text[dollar - 1] == '$')
            {
                result.Append(text, at, dollar - 1 - at).Append("${");
                at = dollar + 2;
                continue;
            }

            int end = text.IndexOf('}', dollar);
            string reference = end < 0 ? "" : text[(dollar + 2)..end];
            int colon = reference.IndexOf(":-", StringComparison.Ordinal);
            string name = colon < 0 ? reference : reference[..colon];
            if (!IsName(name))
            {
                return new ExpandedText(text, ExpansionFault.Malformed, "");
            }

            if (variables is null)
            {
                return new ExpandedText(text, ExpansionFault.Fenced, name);
            }

            string? value = variables(name);
            if (string.IsNullOrEmpty(value) && colon >= 0)
            {
                value = reference[(colon + 2)..];
            }
            else if (value is not null)
            {
                _used[name] = value;
                _total += Math.Min(value.Length, LongestTotal);
            }

            if (value is null)
            {
                return new ExpandedText(text, ExpansionFault.Unset, name);
            }

            if (result.Length + value.Length > LongestValue || _total > LongestTotal)
            {
                return new ExpandedText(text, ExpansionFault.TooLong, name);
            }

            result.Append(text, at, dollar - at).Append(value);
            at = end + 1;
        }

        return new ExpandedText(result.Append(text, at, text.Length - at).ToString(), ExpansionFault.None, "");
    }

    private static bool IsName(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}

using System.Text;

namespace Confgen.Compiler.Syntax;

/// <summary>
/// Replaces <c>${VAR}</c> and <c>${VAR:-default}</c> in a scalar, and <c>$${</c> by a literal <c>${</c>. It works on values that were
/// already parsed, so that a variable can never change the structure of the spec.
/// </summary>
internal static class EnvironmentVariables
{
    /// <summary>The text with every reference replaced, or the name of the first variable that is neither set nor given a default.</summary>
    public static (string Text, string? Missing, bool Malformed) Expand(string text, Func<string, string?> variables)
    {
        int dollar = text.IndexOf("${", StringComparison.Ordinal);
        if (dollar < 0)
        {
            return (text, null, false);
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
                return (text, null, true);
            }

            string? value = variables(name);
            if (string.IsNullOrEmpty(value) && colon >= 0)
            {
                value = reference[(colon + 2)..];
            }

            if (value is null)
            {
                return (text, name, false);
            }

            result.Append(text, at, dollar - at).Append(value);
            at = end + 1;
        }

        return (result.Append(text, at, text.Length - at).ToString(), null, false);
    }

    private static bool IsName(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}

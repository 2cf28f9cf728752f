using System.Text;

namespace Confgen.Generators;

/// <summary>The names that templates use.</summary>
internal static class SnakeCase
{
    /// <summary><c>WsPath</c> is <c>ws_path</c>, <c>IsH2c</c> is <c>is_h2c</c>, <c>TLSKey</c> is <c>tls_key</c>.</summary>
    public static string From(string pascal)
    {
        var result = new StringBuilder(pascal.Length + 4);
        for (int i = 0; i < pascal.Length; i++)
        {
            bool startsWord =
                char.IsUpper(pascal[i])
                && i > 0
                && (!char.IsUpper(pascal[i - 1]) || (i + 1 < pascal.Length && char.IsLower(pascal[i + 1])));
            if (startsWord)
            {
                result.Append('_');
            }

            result.Append(char.ToLowerInvariant(pascal[i]));
        }

        return result.ToString();
    }
}

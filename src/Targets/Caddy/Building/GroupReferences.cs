using System.Globalization;
using System.Text;

namespace Confgen.Targets.Caddy.Building;

/// <summary>References to groups in a replacement.</summary>
internal static class GroupReferences
{
    /// <summary>
    /// <c>$1</c> as Go writes it, <c>${1}</c>, because Go reads <c>$1a</c> as a group called <c>1a</c>; each number raised by as many groups as
    /// were put before. <c>$$</c> and a <c>$</c> before anything else are a dollar.
    /// </summary>
    public static string ToGo(string replacement, int raise)
    {
        var result = new StringBuilder();
        for (int i = 0; i < replacement.Length; i++)
        {
            char c = replacement[i];
            if (c != '$')
            {
                result.Append(c);
            }
            else if (i + 1 < replacement.Length && char.IsAsciiDigit(replacement[i + 1]))
            {
                result.Append("${").Append((replacement[++i] - '0' + raise).ToString(CultureInfo.InvariantCulture)).Append('}');
            }
            else
            {
                result.Append("$$");
                i += i + 1 < replacement.Length && replacement[i + 1] == '$' ? 1 : 0;
            }
        }

        return result.ToString();
    }
}

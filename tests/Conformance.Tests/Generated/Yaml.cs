using System.Text;

namespace Confgen.Conformance.Tests.Generated;

/// <summary>Texts as quoted scalars of YAML.</summary>
internal static class Yaml
{
    /// <summary>Stands for the sign of a variable that is meant as one.</summary>
    public const char Variable = '\0';

    /// <summary>A text of a spec or a case in quotes; a literal <c>${</c> is doubled, as both read variables.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (char c in text.Replace("${", "$${", StringComparison.Ordinal))
        {
            quoted.Append(
                c switch
                {
                    Variable => "$",
                    '"' => "\\\"",
                    '\\' => "\\\\",
                    < ' ' or > '~' => $"\\x{(int)c:x2}",
                    _ => c.ToString(),
                }
            );
        }

        return quoted.Append('"').ToString();
    }
}

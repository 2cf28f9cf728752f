using System.Text;

namespace Confgen.Targets.Apache.Building;

/// <summary>Names of balancers: lower-case letters, digits, <c>-</c> and <c>.</c>, as a host has, each used once.</summary>
internal sealed class ApacheNames
{
    private const int Longest = 50;

    private readonly UniqueNames _names = new(StringComparer.Ordinal);

    /// <summary>A name like the wish that nothing has yet.</summary>
    public string Unique(string wish) => _names.Of(Slug(wish));

    private static string Slug(string text)
    {
        var name = new StringBuilder();
        foreach (char c in text)
        {
            if (char.IsAsciiLetterOrDigit(c) || (c == '.' && name.Length > 0 && name[^1] is not ('.' or '-')))
            {
                name.Append(char.ToLowerInvariant(c));
            }
            else if (name.Length > 0 && name[^1] is not ('-' or '.'))
            {
                name.Append('-');
            }
        }

        string result = name.ToString(0, Math.Min(name.Length, Longest)).Trim('-', '.');
        return result.Length == 0 ? "upstream" : result;
    }
}

using System.Text;

namespace Confgen.Targets.Nginx.Building;

/// <summary>Gives each thing of a file a name that reads well and that nothing else has.</summary>
/// <param name="prefix">What every name starts with, so that it can't meet one of a configuration that exists.</param>
/// <param name="longest">The most characters of a name before its number.</param>
internal sealed class NginxNames(string prefix, int longest = NginxNames.MaxLength)
{
    private readonly Dictionary<string, int> _taken = [];

    /// <summary>A new name made of these words, with a number behind it where that name is taken.</summary>
    public string New(params ReadOnlySpan<string> words)
    {
        string name = prefix + Join(words);
        name = name.Length > longest ? name[..longest].TrimEnd('_') : name;
        if (_taken.TryAdd(name, 1))
        {
            return name;
        }

        string numbered;
        do
        {
            numbered = string.Create(null, $"{name}_{++_taken[name]}");
        }
        while (!_taken.TryAdd(numbered, 1));
        return numbered;
    }

    /// <summary>The words in lower case, with an underscore for each run of other characters: what a variable's name may hold.</summary>
    public static string Join(params ReadOnlySpan<string> words)
    {
        var name = new StringBuilder();
        foreach (string word in words)
        {
            if (name.Length > 0 && name[^1] != '_')
            {
                name.Append('_');
            }

            foreach (char c in word)
            {
                if (char.IsAsciiLetterOrDigit(c))
                {
                    name.Append(char.ToLowerInvariant(c));
                }
                else if (name.Length > 0 && name[^1] != '_')
                {
                    name.Append('_');
                }
            }
        }

        string joined = name.ToString().Trim('_');
        return joined.Length == 0 ? "root" : joined.Length > MaxLength ? joined[..MaxLength].TrimEnd('_') : joined;
    }

    /// <summary>A header's name as it stands in <c>$http_...</c>.</summary>
    public static string HeaderVariable(string header) => header.ToLowerInvariant().Replace('-', '_');

    /// <summary>Long enough to read, short enough for nginx's table of variables.</summary>
    private const int MaxLength = 40;

    /// <summary>With a number behind it, such a name leaves nginx's table of variables at its own size, which only one file may set.</summary>
    public const int MaxShared = 36;
}

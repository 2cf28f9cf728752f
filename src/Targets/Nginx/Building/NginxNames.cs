using System.Text;

namespace Confgen.Targets.Nginx.Building;

/// <summary>
/// Gives each thing of one kind a name that reads well and that nothing else of the kind has, whatever words it is made of.
/// </summary>
/// <param name="prefix">What every name starts with, so that it can't meet one of a configuration that exists.</param>
/// <param name="longest">The most characters of a name before its number.</param>
/// <param name="reserved">Names, without the prefix, that are in use already.</param>
internal sealed class NginxNames(string prefix, int longest = NginxNames.MaxLength, IReadOnlyList<string>? reserved = null)
{
    private readonly HashSet<string> _taken = [.. (reserved ?? []).Select(name => prefix + name)];
    private readonly Dictionary<string, int> _numbers = [];

    /// <summary>A new name made of these words, with a number behind it where that name is taken.</summary>
    public string New(params ReadOnlySpan<string> words) => NewWith("", words);

    /// <summary>A new name that stays free with a suffix behind it, too: the caller has both.</summary>
    /// <param name="suffix">The suffix.</param>
    /// <param name="words">The words of the name.</param>
    public string NewWith(string suffix, params ReadOnlySpan<string> words)
    {
        string name = prefix + Join(words);
        name = name.Length > longest ? name[..longest].TrimEnd('_') : name;
        string free = name;
        while (_taken.Contains(free) || _taken.Contains(free + suffix))
        {
            int number = _numbers[name] = _numbers.GetValueOrDefault(name, 1) + 1;
            free = string.Create(null, $"{name}_{number}");
        }

        _taken.Add(free);
        _taken.Add(free + suffix);
        return free;
    }

    /// <summary>
    /// The words in lower case, with an underscore for each run of other characters: what a variable's name may hold. Different words may
    /// give the same.
    /// </summary>
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
        return joined.Length == 0 ? "root"
            : joined.Length > MaxLength ? joined[..MaxLength].TrimEnd('_')
            : joined;
    }

    /// <summary>A field's name as it stands in <c>$http_...</c>, where <c>A-B</c> and <c>A_B</c> are the same.</summary>
    public static string HeaderVariable(string header) => header.ToLowerInvariant().Replace('-', '_');

    /// <summary>Long enough to read, short enough for nginx's table of variables.</summary>
    private const int MaxLength = 40;

    /// <summary>
    /// With a number behind it, such a name leaves nginx's table of variables at its own size, which only one file may set.
    /// </summary>
    public const int MaxShared = 36;
}

using System.Net;
using Confgen.Files;

namespace Confgen.Runtime.Resolving;

/// <summary>Names that this host knows by itself, as hosts(5) says them.</summary>
internal static class HostsFile
{
    private const string SystemFile = "/etc/hosts";
    private const int LargestFile = 16 * 1024 * 1024;

    /// <summary>The addresses of a name; none where the file doesn't have it.</summary>
    public static IReadOnlyList<IPAddress> Find(string name)
    {
        try
        {
            return RegularFile.Exists(SystemFile) ? Find(RegularFile.ReadText(SystemFile, LargestFile).Split('\n'), name) : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>The same in the lines of a file.</summary>
    public static IReadOnlyList<IPAddress> Find(IEnumerable<string> lines, string name)
    {
        var found = new List<IPAddress>();
        foreach (string line in lines)
        {
            string[] words = line.Split('#')[0].Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
            if (
                words.Length > 1
                && words.Skip(1).Contains(name, StringComparer.OrdinalIgnoreCase)
                && IPAddress.TryParse(words[0], out IPAddress? address)
            )
            {
                found.Add(address);
            }
        }

        return found;
    }
}

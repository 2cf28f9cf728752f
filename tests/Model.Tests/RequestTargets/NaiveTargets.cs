using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Confgen.Model.Tests.RequestTargets;

/// <summary>The contract's sentences about targets, written down as plainly as possible, for comparison.</summary>
internal static class NaiveTargets
{
    public static bool IsRefused(string target) =>
        !target.StartsWith('/')
        || target.Any(c => c is <= ' ' or '\x7F' or '#' or > '\xFF')
        || Regex.IsMatch(RawPath(target), "%(?![0-9A-Fa-f]{2})")
        || RawPath(target).Contains("%00", StringComparison.Ordinal)
        || Regex.IsMatch(target, @"^[^?]*(?:[/\\]|%2[Ff]|%5[Cc])(?:\.|%2[Ee]){2}(?:[/\\]|%2[Ff]|%5[Cc]|\?|\z)");

    public static string RawPath(string target) => target.Split('?')[0];

    public static string Normalize(string rawPath)
    {
        string decoded = Regex.Replace(
            rawPath,
            "%(..)",
            m => ((char)int.Parse(m.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString()
        );
        string[] segments = decoded.Split('/');
        IEnumerable<string> kept = segments.Where(s => s is not ("" or "."));
        string path = "/" + string.Join('/', kept);
        return path != "/" && segments[^1] is "" or "." ? path.TrimEnd('/') + "/" : path;
    }

    public static bool TakesPrefix(string prefix, string normalized)
    {
        string bytes = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(prefix));
        return prefix == "/" || normalized == bytes || normalized.StartsWith(bytes + "/", StringComparison.Ordinal);
    }

    /// <summary>The shortest raw prefix that is exactly the prefix and whose rest is empty or begins with a slash.</summary>
    public static int PrefixLength(string prefix, string rawPath)
    {
        for (int length = 1; length <= rawPath.Length; length++)
        {
            string rest = rawPath[length..];
            bool wholeEscapes = !Regex.IsMatch(rawPath[..length], "%.?$");
            if (
                wholeEscapes
                && Normalize(rawPath[..length]) == Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(prefix))
                && (rest.Length == 0 || rest[0] == '/' || rest.StartsWith("%2F", StringComparison.OrdinalIgnoreCase))
            )
            {
                return length;
            }
        }

        return -1;
    }
}

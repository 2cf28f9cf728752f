using System.Text;

namespace Confgen.Model.Differences;

/// <summary>
/// Paths that no matcher of two sites tells apart: they are the same exact path or have the same longest prefix, and the same regexes
/// match.
/// </summary>
/// <param name="Exact">The only path, or null.</param>
/// <param name="Prefix">The longest prefix of whole segments among those of the matchers; <c>/</c> where there is no longer one.</param>
/// <param name="Matching">The regexes that match, in the partition's order.</param>
/// <param name="Sample">One of the paths, normalised, a byte for each character: the shortest.</param>
public sealed record PathClass(string? Exact, string Prefix, ValueList<string> Matching, string Sample)
{
    /// <summary>The sample as a raw target: every byte that a path can't carry is escaped.</summary>
    public string Target => ToTarget(Sample);

    /// <summary>A normalised path as a raw target.</summary>
    public static string ToTarget(string path)
    {
        var text = new StringBuilder();
        foreach (char c in path)
        {
            bool isPlain = char.IsAsciiLetterOrDigit(c) || "/-._~!$&'()*+,;=:@".Contains(c, StringComparison.Ordinal);
            text.Append(isPlain ? c.ToString() : string.Create(null, $"%{(int)c:X2}"));
        }

        return text.ToString();
    }

    /// <summary>Whether both are the same class of one partition.</summary>
    public bool IsSameAs(PathClass other) => Exact == other.Exact && Prefix == other.Prefix && Matching.Equals(other.Matching);

    /// <summary>The class in words, as <c>/api and below</c>.</summary>
    public override string ToString()
    {
        string shown = Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(Exact ?? Prefix));
        return Exact is not null ? shown
            : Matching.Count > 0 ? $"what matches {string.Join(" and ", Matching)}{(Prefix == "/" ? "" : " below " + shown)}"
            : Prefix == "/" ? "/*"
            : shown + " and below";
    }
}

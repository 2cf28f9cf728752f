using System.Text.RegularExpressions;
using Confgen.Model.Diagnostics;

namespace Confgen.Compiler.Syntax;

/// <summary>
/// Tells a spec from another file. Of another one, as a file of passwords that an include or a link names, nothing is ever shown: no
/// excerpt, no word.
/// </summary>
/// <param name="keys">The keys of a spec's root.</param>
internal sealed partial class SpecShape(IReadOnlyCollection<string> keys)
{
    // Keys that other programs' files seldom have, as they have 'version' and 'include'.
    private static readonly string[] _own = ["sites", "upstreams", "tunnels", "trusted_proxies"];

    /// <summary>How a message names what is missing.</summary>
    public static string Expected { get; } = "it has none of the keys " + string.Join(", ", _own);

    /// <summary>Whether a map is a spec's root.</summary>
    public bool Fits(MapSyntax root) =>
        root.Entries.Any(e => _own.Contains(e.Key.Value, StringComparer.Ordinal))
        || (root.Entries.Count > 0 && root.Entries.All(e => keys.Contains(e.Key.Value)));

    /// <summary>Whether a map may be meant as one: a key is a slip of the pen away.</summary>
    public bool MayFit(MapSyntax root) => Fits(root) || root.Entries.Any(e => Spelling.DidYouMean(e.Key.Value, _own) is not null);

    /// <summary>Whether a text that can't be read is meant as a spec: one of its lines begins with a spec's key.</summary>
    public static bool MayFit(string text) => Key.IsMatch(text);

    [GeneratedRegex(
        """^[ \t{]*["']?(sites|upstreams|tunnels|trusted_proxies)\b""",
        RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Key { get; }
}

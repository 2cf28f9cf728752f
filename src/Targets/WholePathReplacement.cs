using Confgen.Model.Regexes;
using Confgen.Model.Routes;

namespace Confgen.Targets;

/// <summary>
/// The replacement of a regex's first match, for programs that replace a whole path: the first group has what stands before the match, the
/// last what stands behind it, and the regex's own groups lie between them.
/// </summary>
internal sealed class WholePathReplacement
{
    private readonly RegexReplacement _replacement;
    private readonly bool _readsMatch;
    private readonly int _raise;

    public WholePathReplacement(RegexPattern regex, PathRewrite rewrite)
    {
        _replacement = RegexReplacement.TryParse(rewrite.To, regex, out RegexReplacement? read, out _, out _)
            ? read
            : throw new InvalidOperationException("no replacement: " + rewrite.To);

        // $0 is a group of its own where it is asked for.
        _readsMatch = _replacement.Parts.Any(static part => part is { Literal: null, Group: 0 });
        _raise = _readsMatch ? 2 : 1;
        LastGroup = regex.Groups.Count + _raise + 1;
    }

    /// <summary>The number of the last group.</summary>
    public int LastGroup { get; }

    /// <summary>Whether the result starts with a slash where the path does.</summary>
    public bool KeepsRoot => _replacement.KeepsRoot;

    /// <summary>The regex for the whole path.</summary>
    /// <param name="regex">The route's regex, as the program's engine reads it.</param>
    /// <param name="rest">What matches the rest.</param>
    public string Match(string regex, string rest) => $"^((?s:.*?)){(_readsMatch ? "(" : "(?:")}{regex})({rest})$";

    /// <summary>What takes the place of the match.</summary>
    /// <param name="escape">Writes a text.</param>
    /// <param name="sign">What stands before the number of a group.</param>
    public string Write(Func<string, string> escape, char sign) =>
        string.Concat(
            _replacement.Parts.Select(part =>
                part.Literal is { } literal ? escape(literal) : string.Create(null, $"{sign}{part.Group + _raise}")
            )
        );
}

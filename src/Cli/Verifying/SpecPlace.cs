using System.Text.RegularExpressions;
using Confgen.Compiler.Syntax;
using Confgen.Model.Sources;

namespace Confgen.Cli.Verifying;

/// <summary>
/// Finds the line of the spec that a program's complaint comes from: a rendered line holds words of the spec (a file's name, a host, a
/// cipher), and the complaint mostly quotes the one that it dislikes.
/// </summary>
internal static partial class SpecPlace
{
    // Shorter words are as likely the target's own.
    private const int ShortestWord = 4;

    /// <summary>The place, or none where no word of the complaint or of its line stands in the spec.</summary>
    public static SourceSpan Find(IReadOnlyDictionary<string, SourceText> sources, string message, string line)
    {
        IEnumerable<string> words = Words(message).Concat(Words(line)).Where(w => w.Length >= ShortestWord);

        // A relative name of the spec was made absolute on its way.
        IEnumerable<string> names = words
            .Where(w => w.StartsWith('/'))
            .Select(w => Path.GetFileName(w))
            .Where(w => w.Length >= ShortestWord);
        foreach (string word in words.Concat(names))
        {
            foreach (SourceText source in sources.Values)
            {
                if (Find(source, word) is { IsSome: true } span)
                {
                    return span;
                }
            }
        }

        return SourceSpan.None;
    }

    private static SourceSpan Find(SourceText source, string word)
    {
        for (
            int at = source.Text.IndexOf(word, StringComparison.Ordinal);
            at >= 0;
            at = source.Text.IndexOf(word, at + 1, StringComparison.Ordinal)
        )
        {
            int start = source.Text.LastIndexOf('\n', Math.Max(0, at - 1)) + 1;
            bool isComment = source.Text.AsSpan(start, at - start).TrimStart().StartsWith("#");
            if (!isComment && !Continues(source.Text, at - 1) && !Continues(source.Text, at + word.Length))
            {
                int number = source.Text.AsSpan(0, at).Count('\n') + 1;
                return new SourceSpan(source.File, number, at - start + 1, number, at - start + 1 + word.Length);
            }
        }

        return SourceSpan.None;
    }

    private static bool Continues(string text, int at) =>
        at >= 0 && at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '-' or '_' or '.');

    // Quoted texts first, then whatever looks like a file, a host or an address.
    private static IEnumerable<string> Words(string text) =>
        Quoted().Matches(text).Select(m => m.Groups["text"].Value).Concat(Bare().Matches(text).Select(m => m.Value.TrimEnd('.', ':')));

    [GeneratedRegex("\"(?<text>[^\"]+)\"", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"[/\w*][\w./*:-]*[./:-][\w./*:-]*", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Bare();
}

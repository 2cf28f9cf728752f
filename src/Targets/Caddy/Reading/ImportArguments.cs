using System.Globalization;
using System.Text.RegularExpressions;
using Confgen.Targets.Caddy.Syntax;

namespace Confgen.Targets.Caddy.Reading;

/// <summary>What an <c>import</c> gives to the lines that it imports: arguments, and a block.</summary>
internal sealed partial class ImportArguments(IReadOnlyList<SourceWord> words, IReadOnlyList<SourceLine> block)
{
    public static readonly ImportArguments None = new([], []);

    /// <summary>The lines that stand for <c>{block}</c> or <c>{blocks.NAME}</c>; null for any other line.</summary>
    public IReadOnlyList<SourceLine>? LinesFor(SourceLine line)
    {
        if (this == None || line.Words is not [{ Text: var text }] || line.HasBlock)
        {
            return null;
        }

        if (text == "{block}")
        {
            return block;
        }

        if (!text.StartsWith("{blocks.", StringComparison.Ordinal))
        {
            return null;
        }

        SourceLine? named = block.FirstOrDefault(b => b.Name == text["{blocks.".Length..^1]);
        named?.Entry.Imply("its lines stand where the snippet says");
        return named is null ? []
            : named.Arguments.Count > 0
                ? [new SourceLine(CaddyNodeKind.Directive, [.. named.Words.Skip(1)], named.Entry, named.File), .. named.Block]
            : named.Block;
    }

    /// <summary>Words with the arguments put in: <c>{args[0]}</c>, <c>{args.0}</c>, and <c>{args[:]}</c> for several.</summary>
    public List<SourceWord> Replace(IReadOnlyList<SourceWord> of)
    {
        var replaced = new List<SourceWord>();
        foreach (SourceWord word in of)
        {
            if (this == None || !word.Text.Contains("{args", StringComparison.Ordinal))
            {
                replaced.Add(word);
            }
            else if (Range().Match(word.Text) is { Success: true } range)
            {
                int from = Number(range.Groups["from"].Value, 0);
                int to = Number(range.Groups["to"].Value, words.Count);
                replaced.AddRange(words.Take(to).Skip(from));
            }
            else
            {
                string text = One().Replace(word.Text, m => Argument(m) ?? m.Value);
                replaced.Add(word with { Text = text });
            }
        }

        return replaced;
    }

    private string? Argument(Match match)
    {
        int index = Number(match.Groups["index"].Value, words.Count);
        return index < words.Count ? words[index].Text : null;
    }

    private static int Number(string text, int otherwise) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : otherwise;

    [GeneratedRegex(@"^\{args\[(?<from>[0-9]*):(?<to>[0-9]*)\]\}\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Range();

    [GeneratedRegex(@"\{args(\[(?<index>[0-9]+)\]|\.(?<index>[0-9]+))\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex One();
}

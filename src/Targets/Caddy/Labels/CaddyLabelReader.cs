using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Confgen.Targets.Caddy.Syntax;

namespace Confgen.Targets.Caddy.Labels;

/// <summary>
/// Makes the Caddyfile of labels that caddy-docker-proxy makes of them: dots nest, a number in front orders, one behind tells apart what
/// has the same name; global options, snippets and matchers come first.
/// </summary>
internal static partial class CaddyLabelReader
{
    /// <summary>What its labels start with.</summary>
    public const string Prefix = "caddy";

    /// <summary>What starts an action of Go's templates.</summary>
    public const string Action = "{{";

    /// <summary>The action that says it.</summary>
    public const string EscapedAction = "{{\"{{\"}}";

    /// <summary>The Caddyfile.</summary>
    /// <param name="labels">The labels of all services.</param>
    /// <param name="version">The release that reads it.</param>
    public static string Read(IEnumerable<CaddyLabel> labels, CaddyVersion version)
    {
        var root = new LabelBlock();
        var byPath = new Dictionary<string, LabelBlock>(StringComparer.Ordinal) { [""] = root };
        foreach (CaddyLabel label in labels)
        {
            Find(label.Name, byPath).Words.AddRange(Words(label.Value.Replace(EscapedAction, Action, StringComparison.Ordinal), version));
        }

        var text = new StringBuilder();
        foreach (LabelBlock block in root.Sorted())
        {
            Write(block, 0, text);
        }

        return text.ToString();
    }

    private static LabelBlock Find(string path, Dictionary<string, LabelBlock> byPath)
    {
        if (byPath.TryGetValue(path, out LabelBlock? known))
        {
            return known;
        }

        // A dot that is escaped belongs to the name.
        Match match = Parts().Match(path.Replace("\\.", "\0", StringComparison.Ordinal));
        string parent = match.Groups["parent"].Value.Replace("\0", "\\.", StringComparison.Ordinal);
        var block = new LabelBlock
        {
            Order = int.TryParse(match.Groups["order"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int order)
                ? order
                : int.MaxValue,
        };
        if (parent.Length > 0)
        {
            block.Words.Add(match.Groups["name"].Value.Replace('\0', '.'));
        }

        Find(parent, byPath).Children.Add(block);
        byPath[path] = block;
        return block;
    }

    private static IEnumerable<string> Words(string value, CaddyVersion version)
    {
        CaddyNode? line = CaddyParser.Parse("{\nx " + value + "\n}\n", version).Nodes.FirstOrDefault();
        return line?.Block is [var only, ..] ? [.. only.Tokens[1..].Select(static token => token.Text)] : [];
    }

    // Words with a line break or a quote stand between backquotes, others with a blank between quotes, and the rest bare.
    private static void Write(LabelBlock block, int depth, StringBuilder text)
    {
        text.Append('\t', depth)
            .AppendJoin(
                ' ',
                block.Words.Select(static word =>
                    word.AsSpan().ContainsAny('\n', '"') ? $"`{word.Replace("`", "\\`", StringComparison.Ordinal)}`"
                    : word.Contains(' ', StringComparison.Ordinal) ? $"\"{word}\""
                    : word
                )
            );
        if (block.Children.Count > 0)
        {
            text.Append(block.Words.Count > 0 ? " {\n" : "{\n");
            foreach (LabelBlock child in block.Sorted())
            {
                Write(child, depth + 1, text);
            }

            text.Append('\t', depth).Append('}');
        }

        text.Append('\n');
    }

    [GeneratedRegex(
        @"\A(?:(?<parent>.+)\.)?(?:(?<order>[0-9]+)_)?(?<name>[^.]+?)(?:_[0-9]+)?\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Parts();
}

using Confgen.Targets.Caddy.Syntax;

namespace Confgen.Targets.Caddy.Labels;

/// <summary>Says a Caddyfile by labels: each line is one, with a number for its place before its name.</summary>
internal static class CaddyLabelWriter
{
    /// <summary>The labels of a block at the top of a file.</summary>
    /// <param name="node">The block.</param>
    /// <param name="number">What tells it from others.</param>
    /// <param name="source">The text that it was read from.</param>
    public static IEnumerable<CaddyLabel> Of(CaddyNode node, int number, string source)
    {
        string name = string.Create(null, $"{CaddyLabelReader.Prefix}_{number}");
        if (node.Tokens.Length > 0)
        {
            yield return new CaddyLabel(name, Value(node.Tokens, source));
        }

        foreach (CaddyLabel label in Block(node, name, source))
        {
            yield return label;
        }
    }

    private static IEnumerable<CaddyLabel> Block(CaddyNode node, string parent, string source)
    {
        int place = 0;
        foreach (CaddyNode child in (node.Block ?? []).Where(static child => child.Kind != CaddyNodeKind.Comment))
        {
            place++;
            string name = child.Name.Replace(".", "\\.", StringComparison.Ordinal);
            // What ends as a number that tells labels apart needs one behind it.
            string suffix = EndsInNumber(name) ? string.Create(null, $"_{place}") : "";
            string path = string.Create(null, $"{parent}.{place}_{name}{suffix}");
            yield return new CaddyLabel(path, Value(child.Tokens[1..], source));
            foreach (CaddyLabel label in Block(child, path, source))
            {
                yield return label;
            }
        }
    }

    private static bool EndsInNumber(string name)
    {
        string stem = name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        return stem.Length < name.Length && stem.EndsWith('_');
    }

    // As it is written; two braces in a row would start an action of Go's templates.
    private static string Value(CaddyToken[] tokens, string source) =>
        string.Join(' ', tokens.Select(token => source[token.Start..token.End]))
            .Replace(CaddyLabelReader.Action, CaddyLabelReader.EscapedAction, StringComparison.Ordinal);
}

using System.Text;

namespace Confgen.Targets.Caddy.Syntax;

/// <summary>
/// Writes a tree as <c>caddy fmt</c> would: a tab a level, one space between words, at most one empty line, none at a block's ends. Words
/// stay as they were written. Formatting the result again changes nothing.
/// </summary>
internal static class CaddyFormatter
{
    public static string Format(CaddyDocument document)
    {
        var result = new StringBuilder(document.Source.Length + 256);
        CaddyNode? before = null;
        foreach (CaddyNode node in document.Nodes)
        {
            // Sites stand apart, also where the template forgot it.
            if (
                before is not null
                && (node.BlankBefore || (before.Kind != CaddyNodeKind.Comment && (before.Block ?? node.Block) is not null))
            )
            {
                result.Append('\n');
            }

            Write(result, document.Source, node, 0);
            before = node;
        }

        // A mark that starts the text would be taken for a byte order mark and dropped.
        return result.Length > 0 && result[0] == '\uFEFF' ? "\uFEFF" + result : result.ToString();
    }

    private static void Write(StringBuilder result, string source, CaddyNode node, int depth)
    {
        if (node.Kind == CaddyNodeKind.Comment)
        {
            result.Append('\t', depth).Append(node.Name).Append('\n');
            return;
        }

        // A comment can't stand before a brace, and a backslash in one would join this line to the next.
        bool above = node.Remark is { } text && (node.Block is not null || text.Contains('\\'));
        if (above)
        {
            result.Append('\t', depth).Append(node.Remark).Append('\n');
        }

        result.Append('\t', depth);
        for (int i = 0; i < node.Tokens.Length; i++)
        {
            CaddyToken token = node.Tokens[i];
            result.Append(i > 0 ? " " : "");
            result.Append(source, token.Start, token.End - token.Start);
        }

        if (node.Block is { } block)
        {
            result.Append(
                !node.Braces ? "\n"
                : node.Tokens.Length > 0 ? " {\n"
                : "{\n"
            );
            int inner = node.Braces ? depth + 1 : depth;
            bool first = true;
            foreach (CaddyNode child in block)
            {
                if (child.BlankBefore && !first)
                {
                    result.Append('\n');
                }

                Write(result, source, child, inner);
                first = false;
            }

            if (node.Braces)
            {
                result.Append('\t', depth).Append('}');
            }
        }

        if (node.Remark is not null && !above)
        {
            result.Append(' ').Append(node.Remark);
        }

        if (node.Block is null || node.Braces)
        {
            result.Append('\n');
        }
    }
}

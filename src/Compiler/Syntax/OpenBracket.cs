using Confgen.Model.Sources;

namespace Confgen.Compiler.Syntax;

/// <summary>A bracket of a flow collection that nothing closes, found where the scanner has given up.</summary>
/// <param name="Bracket"><c>{</c> or <c>[</c>.</param>
/// <param name="Span">Where it stands.</param>
internal sealed record OpenBracket(char Bracket, SourceSpan Span)
{
    /// <summary>The innermost one that is open at the end of a line; null where all are closed.</summary>
    public static OpenBracket? Find(SourceText source, int last)
    {
        var open = new Stack<OpenBracket>();
        char quote = '\0';
        int number = 0;
        foreach (ReadOnlySpan<char> line in source.Text.AsSpan().EnumerateLines())
        {
            number++;
            for (int i = 0; i < line.Length; i++)
            {
                char c = line[i];
                if (quote != '\0')
                {
                    i += quote == '"' && c == '\\' ? 1 : 0;
                    quote = c == quote ? '\0' : quote;
                }
                else if (c is '"' or '\'' && StartsValue(line, i))
                {
                    quote = c;
                }
                else if (c == '#' && (i == 0 || line[i - 1] is ' ' or '\t'))
                {
                    break;
                }
                else if (c is '{' or '[' && (open.Count > 0 || StartsValue(line, i)))
                {
                    open.Push(new OpenBracket(c, new SourceSpan(source.File, number, i + 1, number, i + 2)));
                }
                else if (c is '}' or ']')
                {
                    open.TryPop(out _);
                }
            }

            if (number >= last)
            {
                break;
            }
        }

        return open.TryPeek(out OpenBracket? innermost) ? innermost : null;
    }

    // Within a plain text a quote or a bracket is a character as any other.
    private static bool StartsValue(ReadOnlySpan<char> line, int at)
    {
        ReadOnlySpan<char> head = line[..at].TrimEnd(' ');
        return head.IsEmpty || head[^1] is ':' or '-' or ',' or '{' or '[';
    }
}

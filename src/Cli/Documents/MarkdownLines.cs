using System.Text;
using System.Text.RegularExpressions;

namespace Confgen.Cli.Documents;

/// <summary>Breaks the lines of generated Markdown as the other documents have them: at 140 characters.</summary>
internal static partial class MarkdownLines
{
    private const int Longest = 140;

    // Stands for a blank at which no line may end.
    private const char Kept = '\u0001';

    /// <summary>The text with its long paragraphs and list items broken; tables, fenced blocks and headings stay as they are.</summary>
    public static string Wrap(string text)
    {
        var result = new StringBuilder();
        bool isFenced = false;
        foreach (string line in text.Split('\n'))
        {
            bool isFence = line.TrimStart().StartsWith("```", StringComparison.Ordinal);
            isFenced ^= isFence;
            if (line.Length <= Longest || isFenced || isFence || line[0] is '|' or '#' or '<' or '>')
            {
                result.Append(line).Append('\n');
            }
            else
            {
                Break(result, line);
            }
        }

        result.Length--;
        return result.ToString();
    }

    private static void Break(StringBuilder result, string line)
    {
        string start = Start().Match(line).Value;
        string[] words = Unbroken().Replace(line[start.Length..], static m => m.Value.Replace(' ', Kept)).Split(' ');
        string indent = new(' ', start.Length);
        int length = start.Length;
        result.Append(start);
        for (int i = 0; i < words.Length; i++)
        {
            if (i > 0 && length + 1 + words[i].Length > Longest)
            {
                result.Append('\n').Append(indent);
                length = indent.Length;
            }
            else if (i > 0)
            {
                result.Append(' ');
                length++;
            }

            result.Append(words[i].Replace(Kept, ' '));
            length += words[i].Length;
        }

        result.Append('\n');
    }

    [GeneratedRegex(@"^ *(?:[-*] +|[0-9]+\. +)?", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Start();

    // Code, links, and what would begin a list or a heading at the start of a line.
    [GeneratedRegex(@"`[^`]*`|\[[^\]]*\]\([^)]*\)| (?:[-*+>]|#+|[0-9]+\.)(?= |$)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Unbroken();
}

using System.Text;
using Confgen.Compiler.Rendering;
using Confgen.Compiler.Rendering.Templating;
using Confgen.Targets;

namespace Confgen.Cli.Documents;

/// <summary>What a target writes the same for every spec, line by line, with what each line is for.</summary>
internal static class ConstantsPage
{
    public static string Of(ITarget target, ConstantOutput constants)
    {
        var templates = new ScribanTemplates(EmbeddedTemplates.Find);
        TargetVersion newest = target.Versions[^1];
        Dictionary<string, ConstantPart> newer = constants.Parts(templates, newest).ToDictionary(part => part.Name, StringComparer.Ordinal);
        var page = new StringBuilder(
            $"# The constant files of {target.Name}\n\nPrinted from the templates.\n\n{constants.Introduction}\n\n"
        );
        page.Append(
            $"The texts are those for {target.Name} {target.DefaultVersion}; where those for {newest} differ, that is said behind them.\n"
        );
        foreach (ConstantPart part in constants.Parts(templates, target.DefaultVersion))
        {
            string[] paragraphs = Paragraphs(part.Text);
            page.Append($"\n## {part.Name}\n");
            Append(page, paragraphs, constants.Language);
            string[] other =
            [
                .. Paragraphs(newer[part.Name].Text)
                    .Except(paragraphs)
                    .Select(text => paragraphs.Any(known => CommentOf(known) == CommentOf(text)) ? text[CommentOf(text).Length..] : text),
            ];
            if (other.Length > 0)
            {
                page.Append($"\nFor {target.Name} {newest}:\n");
                Append(page, other, constants.Language);
            }
        }

        return page.ToString();
    }

    private static void Append(StringBuilder page, IEnumerable<string> paragraphs, string language)
    {
        foreach (string paragraph in paragraphs)
        {
            string comment = CommentOf(paragraph);
            string lines = paragraph[comment.Length..].Trim('\n');
            page.Append(comment.Length > 0 ? $"\n{Sentence(comment)}\n" : "")
                .Append(lines.Length > 0 ? $"\n```{language}\n{lines}\n```\n" : "");
        }
    }

    private static string CommentOf(string paragraph) => string.Join('\n', paragraph.Split('\n').TakeWhile(line => line.StartsWith('#')));

    // A comment begins a paragraph; blocks without one belong to that before them.
    private static string[] Paragraphs(string text)
    {
        var paragraphs = new List<string>();
        foreach (string part in text.TrimEnd('\n').Split("\n\n"))
        {
            if (part.StartsWith('#') || paragraphs.Count == 0)
            {
                paragraphs.Add(part);
            }
            else
            {
                paragraphs[^1] += "\n\n" + part;
            }
        }

        return [.. paragraphs];
    }

    // A comment as a paragraph of Markdown.
    private static string Sentence(string comment)
    {
        string text = string.Join('\n', comment.Split('\n').Select(line => line.TrimStart('#', ' ')));
        return char.ToUpperInvariant(text[0]) + text[1..].TrimEnd('.') + ".";
    }
}

using System.Text;
using Confgen.Compiler.Rendering;
using Confgen.Compiler.Rendering.Templating;
using Confgen.Targets;

namespace Confgen.Cli.Documents;

/// <summary>The constant files of nginx, line by line, with what each line is for.</summary>
internal static class NginxFilesPage
{
    public static string Of()
    {
        var templates = new ScribanTemplates(EmbeddedTemplates.Find);
        IReadOnlyList<RenderedFile> usual = NginxFiles.For(templates, NginxFiles.Versions.Usual);
        IReadOnlyList<RenderedFile> newest = NginxFiles.For(templates, NginxFiles.Versions.Newest);
        var page = new StringBuilder("# The constant files of nginx\n\n");
        page.Append("Printed from the templates. Below `confgen/` stands what is the same for every spec: `nginx.conf`, or the sites' files in `conf.d`, include it and\n");
        page.Append("hold what is the spec's own. A build writes those that are used; `--single-file` writes their lines in place of the includes.\n\n");
        page.Append($"The texts are those for nginx {NginxFiles.Versions.Usual}; what {NginxFiles.Versions.Newest} has beside is said behind them. A name with `-behind-proxies` is for specs with `trusted_proxies`.\n");
        foreach (RenderedFile file in usual)
        {
            string[] paragraphs = Paragraphs(file.Text);
            page.Append($"\n## {file.Path}\n\n{Sentence(paragraphs[0])}\n");
            Append(page, paragraphs[1..]);
            string[] more = [.. Paragraphs(newest.Single(other => other.Path == file.Path).Text).Except(paragraphs)];
            if (more.Length > 0)
            {
                page.Append($"\nnginx {NginxFiles.Versions.Newest} has beside:\n");
                Append(page, more);
            }
        }

        return page.ToString();
    }

    private static void Append(StringBuilder page, IEnumerable<string> paragraphs)
    {
        foreach (string paragraph in paragraphs)
        {
            string comment = string.Join('\n', paragraph.Split('\n').TakeWhile(line => line.StartsWith('#')));
            string lines = paragraph[comment.Length..].Trim('\n');
            page.Append(comment.Length > 0 ? $"\n{Sentence(comment)}\n" : "").Append(lines.Length > 0 ? $"\n```nginx\n{lines}\n```\n" : "");
        }
    }

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

    private static string Sentence(string comment)
    {
        string text = string.Join(' ', comment.Split('\n').Select(line => line.TrimStart('#', ' ')));
        return char.ToUpperInvariant(text[0]) + text[1..].TrimEnd('.') + ".";
    }
}

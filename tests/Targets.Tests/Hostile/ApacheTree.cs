using Confgen.Compiler.Rendering;
using Confgen.Targets.Apache.Syntax;

namespace Confgen.Targets.Tests.Hostile;

/// <summary>A file of httpd as httpd reads it: its directives and sections with their arguments.</summary>
internal static class ApacheTree
{
    public static Tree Read(RenderedFile file)
    {
        if (!file.Path.EndsWith(".conf", StringComparison.Ordinal))
        {
            return new Tree(
                "",
                [.. file.Text.Split('\n').Select(line => new Tree("", [.. line.Split(':').Select(word => new Tree(word))]))]
            );
        }

        var findings = new List<ApacheFinding>();
        IReadOnlyList<ApacheDirective> directives = ApacheReader.Read(file.Text, findings);
        return findings.Count > 0 ? throw new InvalidDataException(findings[0].Message) : Of(directives);
    }

    // Routes stand where the length of their paths puts them.
    private static Tree Of(IEnumerable<ApacheDirective> directives) =>
        new(
            "",
            [
                .. directives
                    // Written where a text needs it.
                    .Where(directive => directive.Name.Text != "Define")
                    .Select(directive => new Tree(
                        "",
                        [
                            new Tree(IsCondition(directive) ? "<If" : directive.Name.Text),
                            .. directive.Arguments.Select(argument => new Tree(argument.Text)),
                            .. directive.Content is { } content ? (Tree[])[Of(content)] : [],
                        ]
                    )),
            ],
            IsOrdered: false
        );

    private static bool IsCondition(ApacheDirective directive) => directive.Name.Text is "<If" or "<ElseIf";
}

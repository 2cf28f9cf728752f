using Confgen.Compiler.Rendering;
using Confgen.Targets.HAProxy.Syntax;

namespace Confgen.Targets.Tests.Hostile;

/// <summary>A file of HAProxy as HAProxy reads it: its lines with their words.</summary>
internal static class HAProxyTree
{
    public static Tree Read(RenderedFile file)
    {
        // A list of certificates has blanks between its words, and nothing else.
        if (!file.Path.EndsWith(".cfg", StringComparison.Ordinal))
        {
            return OfWords(file.Text.Split('\n').Where(line => !line.StartsWith('#')).Select(line => line.Split(' ')));
        }

        var findings = new List<HAProxyFinding>();
        IReadOnlyList<HAProxyLine> lines = HAProxyReader.Read(file.Text, findings);
        return findings.Count > 0
            ? throw new InvalidDataException(findings[0].Message)
            : OfWords(lines.Select(line => line.Words.Select(word => word.Text)));
    }

    private static Tree OfWords(IEnumerable<IEnumerable<string>> lines) =>
        new("", [.. lines.Select(line => new Tree("", [.. line.Select(word => new Tree(word))]))]);
}

using Confgen.Compiler.Rendering;
using Confgen.Targets.HAProxy.Syntax;

namespace Confgen.Targets.Tests.Hostile;

/// <summary>A file of HAProxy as HAProxy reads it: its lines with their words.</summary>
internal static class HAProxyTree
{
    public static Tree Read(RenderedFile file)
    {
        // A list of certificates and a map have blanks between its words, and nothing else.
        if (!file.Path.EndsWith(".cfg", StringComparison.Ordinal))
        {
            return OfWords(file.Text.Split('\n').Where(line => !line.StartsWith('#')).Select(line => line.Split(' ')));
        }

        var findings = new List<HAProxyFinding>();
        IReadOnlyList<HAProxyLine> lines = HAProxyReader.Read(file.Text, findings);
        return findings.Count > 0
            ? throw new InvalidDataException(findings[0].Message)
            : OfWords(
                lines.SelectMany(line => EachPattern([.. line.Words.Select((word, at) => at == 1 && IsNamed(line) ? "name" : word.Text)]))
            );
    }

    // Routes to one backend whose paths are neighbours share a line, whose patterns are as good as a line each.
    private static IEnumerable<string[]> EachPattern(string[] words)
    {
        int first = Array.IndexOf(words, "--") + 1;
        int end = Array.IndexOf(words, "}", first);
        return words[0] == "use_backend" && first > 0 && end - first > 1
            ? Enumerable.Range(first, end - first).Select(at => (string[])[.. words[..first], words[at], .. words[end..]])
            : [words];
    }

    // A route's backend is named after its path, and stands where the length of its path puts it.
    private static bool IsNamed(HAProxyLine line) => line.Words[0].Text is "use_backend" or "backend" or "frontend";

    private static Tree OfWords(IEnumerable<IEnumerable<string>> lines) =>
        new("", [.. lines.Select(line => new Tree("", [.. line.Select(word => new Tree(word))]))], IsOrdered: false);
}

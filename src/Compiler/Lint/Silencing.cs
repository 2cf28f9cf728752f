using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;

namespace Confgen.Compiler.Lint;

/// <summary>
/// Takes away the diagnostics that a comment on their line silences: <c># confgen: ignore CFG0301 because ...</c>, with the codes or names
/// and a reason. Errors can't be silenced.
/// </summary>
internal static class Silencing
{
    public const string Marker = "# confgen: ignore ";

    public static readonly Rule WithoutReason = new("CFG0008", "silenced-without-reason", Severity.Warning, "A silencing comment without codes or without a reason")
    {
        Why = "`# confgen: ignore CFG0301 because the network is trusted` says what is ignored and why; who reads the spec later needs both.",
        Bad = "sites:\n  - host: a.example.com\n    proxy: http://127.0.0.1:3000 # confgen: ignore CFG0301\n",
        Good = "sites:\n  - host: a.example.com\n    proxy: http://127.0.0.1:3000\n",
    };

    public static IReadOnlyList<Diagnostic> Apply(IReadOnlyList<Diagnostic> diagnostics, IReadOnlyDictionary<string, SourceText> sources)
    {
        var silenced = new Dictionary<(string File, int Line), string[]>();
        foreach ((string file, SourceText source) in sources)
        {
            Scan(file, source, silenced);
        }

        return
        [
            .. diagnostics
                .Where(d => d.Severity == Severity.Error || !silenced.TryGetValue((d.Span.File, d.Span.Line), out string[]? codes) || !(codes.Contains(d.Rule.Code) || codes.Contains(d.Rule.Name)))
                .Concat(Unreasoned(sources, diagnostics))
                .OrderBy(d => d.Span.File, StringComparer.Ordinal).ThenBy(d => d.Span.Line).ThenBy(d => d.Span.Column),
        ];
    }

    // Only a comment that speaks of a diagnostic of this run is complained about once: at the stage that found it.
    private static IEnumerable<Diagnostic> Unreasoned(IReadOnlyDictionary<string, SourceText> sources, IReadOnlyList<Diagnostic> diagnostics)
    {
        foreach (Diagnostic d in diagnostics)
        {
            string line = sources.TryGetValue(d.Span.File, out SourceText? source) ? source.Line(d.Span.Line) : "";
            int at = line.IndexOf(Marker, StringComparison.Ordinal);
            if (at >= 0 && !line.AsSpan(at).Contains(" because ", StringComparison.Ordinal))
            {
                yield return new Diagnostic(WithoutReason, d.Span with { Column = at + 1, EndColumn = line.Length + 1, EndLine = d.Span.Line }, "a silencing comment needs codes and a reason")
                {
                    Hint = $"{Marker}{d.Rule.Code} because ...",
                };
            }
        }
    }

    private static void Scan(string file, SourceText source, Dictionary<(string File, int Line), string[]> silenced)
    {
        if (!source.Text.Contains(Marker, StringComparison.Ordinal))
        {
            return;
        }

        int number = 0;
        foreach (ReadOnlySpan<char> line in source.Text.AsSpan().EnumerateLines())
        {
            number++;
            int at = line.IndexOf(Marker, StringComparison.Ordinal);
            int because = line.IndexOf(" because ", StringComparison.Ordinal);
            if (at < 0 || because < at)
            {
                continue;
            }

            string[] codes = line[(at + Marker.Length)..because].ToString().Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);

            // A comment on a line of its own speaks of the next line.
            silenced[(file, line[..at].IsWhiteSpace() ? number + 1 : number)] = codes;
        }
    }
}

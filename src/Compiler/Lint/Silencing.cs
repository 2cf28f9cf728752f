using System.Text.RegularExpressions;
using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sources;

namespace Confgen.Compiler.Lint;

/// <summary>
/// Takes away the diagnostics that a comment on their line, or alone on a line above, silences: <c># confgen: ignore CFG0301 because
/// ...</c>, with the codes or names and a reason. Errors can't be silenced.
/// </summary>
internal static partial class Silencing
{
    public static readonly Rule WithoutReason = new(
        "CFG0008",
        "silenced-without-reason",
        Severity.Warning,
        "A silencing comment without a reason"
    )
    {
        Why =
            "`# confgen: ignore CFG0301 because the network is trusted` says what is ignored and why; who reads the spec later needs "
            + "both. It stands on the line of what it silences, or alone on the line above.",
        Bad =
            "upstreams:\n  app:\n    servers: [\"https://10.0.0.5:8443\"]\n    tls: { verify: false } # confgen: ignore CFG0301\nsites:\n"
            + "  - { host: a.example.com, proxy: app }\n",
        Good =
            "upstreams:\n  app:\n    servers: [\"https://10.0.0.5:8443\"]\n"
            + "    tls: { verify: false } # confgen: ignore CFG0301 because the wire is ours from end to end\nsites:\n"
            + "  - { host: a.example.com, proxy: app }\n",
    };

    /// <summary>The diagnostics that are left, in the order of the files and lines.</summary>
    public static IReadOnlyList<Diagnostic> Apply(IReadOnlyList<Diagnostic> diagnostics, IReadOnlyDictionary<string, SourceText> sources)
    {
        var comments = new Dictionary<(string File, int Line), List<Comment>>();
        foreach ((string file, SourceText source) in sources)
        {
            Scan(file, source, comments);
        }

        var left = new List<Diagnostic>(diagnostics.Count);
        foreach (Diagnostic diagnostic in diagnostics)
        {
            Comment? silencer =
                diagnostic.Severity != Severity.Error
                && comments.TryGetValue((diagnostic.Span.File, diagnostic.Span.Line), out List<Comment>? here)
                    ? here.Find(c => c.Codes.Contains(diagnostic.Rule.Code) || c.Codes.Contains(diagnostic.Rule.Name))
                    : null;
            if (silencer is null)
            {
                left.Add(diagnostic);
            }
            else if (!silencer.HasReason)
            {
                // Only a comment that silences something in this run is complained about: at the stage that found it.
                left.Add(
                    new Diagnostic(WithoutReason, silencer.Span, $"{diagnostic.Rule.Code} is silenced without a reason")
                    {
                        Hint = $"# confgen: ignore {diagnostic.Rule.Code} because ...",
                    }
                );
            }
        }

        return [.. left.OrderBy(d => d.Span.File, StringComparer.Ordinal).ThenBy(d => d.Span.Line).ThenBy(d => d.Span.Column)];
    }

    [GeneratedRegex(
        @"#\s*confgen:\s*ignore\s+(?<codes>[^#]*?)(?:\s+because\s+(?<reason>\S.*))?$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex Pattern { get; }

    private static void Scan(string file, SourceText source, Dictionary<(string File, int Line), List<Comment>> comments)
    {
        if (!source.Text.Contains("confgen:", StringComparison.Ordinal))
        {
            return;
        }

        int number = 0;
        var alone = new List<Comment>();
        foreach (ReadOnlySpan<char> line in source.Text.AsSpan().EnumerateLines())
        {
            number++;
            ReadOnlySpan<char> trimmed = line.TrimStart();
            if (line.Contains("confgen:", StringComparison.Ordinal) && Pattern.Match(line.TrimEnd().ToString()) is { Success: true } match)
            {
                (trimmed.StartsWith("#") ? alone : Here(comments, file, number)).Add(
                    new Comment(
                        match.Groups["codes"].Value.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries),
                        match.Groups["reason"].Success,
                        new SourceSpan(file, number, match.Index + 1, number, match.Index + match.Length + 1)
                    )
                );
            }

            // A comment alone on its line speaks of the next line that is none.
            if (alone.Count > 0 && !trimmed.IsEmpty && trimmed[0] != '#')
            {
                Here(comments, file, number).AddRange(alone);
                alone.Clear();
            }
        }
    }

    private static List<Comment> Here(Dictionary<(string File, int Line), List<Comment>> comments, string file, int line)
    {
        if (!comments.TryGetValue((file, line), out List<Comment>? here))
        {
            comments[(file, line)] = here = [];
        }

        return here;
    }

    private sealed record Comment(string[] Codes, bool HasReason, SourceSpan Span);
}

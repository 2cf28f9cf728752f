using Confgen.Compiler.Rendering;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Raw;

namespace Confgen.Targets.Raw;

/// <summary>Lines of <c>raw</c> in a target's output: what its grammar finds there is reported at their place in the spec.</summary>
internal sealed class RawOutput
{
    public static readonly Rule Refused = new("CFG0406", "raw-refused", Severity.Error, "Lines under `raw` that the program would refuse")
    {
        Why =
            "Lines of `raw` are read by the same grammar as the rest of the output: what the program of this release doesn't know at this "
            + "place, or has already, would stop it from starting. Say it by a field of the spec, or correct the line.",
        Bad =
            "sites:\n  - host: a.example.com\n    raw:\n      nginx: |\n        sub_filter_once maybe;\n"
            + "    proxy: \"http://127.0.0.1:3000\"\n",
        Good =
            "sites:\n  - host: a.example.com\n    raw:\n      nginx: |\n        sub_filter_once off;\n"
            + "    proxy: \"http://127.0.0.1:3000\"\n",
        Target = "nginx",
    };

    public static readonly Rule Unknown = new(
        "CFG0407",
        "raw-unknown",
        Severity.Warning,
        "A directive under `raw` that confgen doesn't know"
    )
    {
        Why =
            "It may come from a module that this program has beside its own; then silence the line. Otherwise the program doesn't start "
            + "with it: `--verify` asks the installed one.",
        Bad =
            "sites:\n  - host: a.example.com\n    raw:\n      # confgen: ignore CFG0401 because nginx is all that we run\n      nginx: |\n"
            + "        vhost_traffic_status_display;\n    proxy: \"http://127.0.0.1:3000\"\n",
        Good =
            "sites:\n  - host: a.example.com\n    raw:\n      # confgen: ignore CFG0401 because nginx is all that we run\n      nginx: |\n"
            + "        etag off;\n    proxy: \"http://127.0.0.1:3000\"\n",
        Target = "nginx",
    };

    private readonly RenderContext _context;
    private readonly List<RawLine> _lines;
    private readonly HashSet<RawLine> _told = new(ReferenceEqualityComparer.Instance);

    /// <summary>Collects the lines for a target.</summary>
    /// <param name="context">What is rendered.</param>
    /// <param name="target">The target's name.</param>
    public RawOutput(RenderContext context, string target)
    {
        _context = context;
        _lines =
        [
            .. Texts(context)
                .SelectMany(texts => texts.Of(target))
                .Where(static line => line.Text.AsSpan().Trim() is not ([] or ['#', ..])),
        ];
    }

    /// <summary>Every <c>raw</c> of the spec, each once.</summary>
    public static IEnumerable<RawTexts> Texts(RenderContext context) =>
        context
            .Spec.Sites.SelectMany(static site => site.Routes.Select(static route => route.Raw).Prepend(site.Raw))
            .Prepend(context.Spec.Raw)
            .Distinct(ReferenceEqualityComparer.Instance)
            .OfType<RawTexts>();

    /// <summary>The lines as a template writes them; null for none.</summary>
    public static string? TextOf(ValueList<RawLine> lines) =>
        lines.Count == 0 ? null : string.Join('\n', lines.Select(static line => line.Text));

    /// <summary>Reports a fault at a line, from 1, of one text.</summary>
    public static void Report(RenderContext context, ValueList<RawLine> lines, int line, string message) =>
        context.Report(
            Refused,
            lines[Math.Clamp(line, 1, lines.Count) - 1].At.Span,
            $"{context.TargetName} would refuse this line: {message}",
            "correct it, or say it by a field of the spec"
        );

    /// <summary>
    /// Reports a fault of the output at the line of <c>raw</c> that it is about: the same line, else one with the same directive, which the
    /// program would find doubled. False where there is none.
    /// </summary>
    /// <param name="text">The line of the output.</param>
    /// <param name="message">What is wrong with it.</param>
    /// <param name="isUnknown">Whether nothing is known of the directive, which a module may bring.</param>
    public bool Report(string text, string message, bool isUnknown)
    {
        string line = text.Trim();
        string word = FirstWord(line);
        RawLine? found =
            _lines.Find(raw => raw.Text.Trim() == line && !_told.Contains(raw))
            ?? _lines.Find(raw => FirstWord(raw.Text.Trim()) == word && !_told.Contains(raw));
        if (found is null)
        {
            return _lines.Exists(raw => FirstWord(raw.Text.Trim()) == word);
        }

        _told.Add(found);
        _context.Report(
            isUnknown ? Unknown : Refused,
            found.At.Span,
            $"{_context.TargetName} {(isUnknown ? "may refuse" : "would refuse")} this line: {message}",
            isUnknown ? null : "correct it, or say it by a field of the spec"
        );
        return true;
    }

    private static string FirstWord(string line) => line.Split(' ', '\t', ';', '{')[0];
}

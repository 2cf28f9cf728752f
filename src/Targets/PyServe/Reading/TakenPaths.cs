using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;

namespace Confgen.Targets.PyServe.Reading;

/// <summary>Which paths are taken so far, in PyServe's order: nothing after it gets them.</summary>
internal sealed class TakenPaths(ConfigFile config)
{
    private readonly List<TakenPath> _taken = [];

    /// <summary>Whether every path is taken.</summary>
    public bool Everything => _taken.Exists(t => t.Prefix is "" or "/");

    /// <summary>Whether some rule begins this path.</summary>
    public bool Has(string path) => _taken.Exists(t => path.StartsWith(t.Prefix, StringComparison.Ordinal));

    /// <summary>Takes a prefix. False, with a report, where an earlier rule has it already.</summary>
    public bool Take(ScalarSyntax path, string prefix)
    {
        bool free = !IsTaken(path, prefix, "rule");
        _taken.Add(new TakenPath(prefix, path.Span));
        return free;
    }

    /// <summary>Whether an earlier rule takes the path, which is then reported.</summary>
    public bool IsTaken(ScalarSyntax place, string path, string what)
    {
        // Two paths that differ by a trailing slash are one to a spec.
        if (
            _taken.Find(t =>
                path.StartsWith(t.Prefix, StringComparison.Ordinal) || (what == "rule" && path.TrimEnd('/') == t.Prefix.TrimEnd('/'))
            )
            is not { } earlier
        )
        {
            return false;
        }

        string hint =
            what == "rule" && path.Length > earlier.Prefix.Length
                ? "put the longer path first, if it was meant"
                : "remove it, or the rule above";
        config.Report(
            ReadingRules.NeverReached,
            place.Span,
            $"no request reaches this {what}: the rule for '{earlier.Prefix}' takes '{path}' before it",
            hint,
            new RelatedSpan(earlier.Span, "the rule that takes it")
        );
        return true;
    }
}

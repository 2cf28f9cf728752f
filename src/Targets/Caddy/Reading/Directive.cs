using Confgen.Targets.Caddy.Reading.Matching;
using Confgen.Targets.Caddy.Syntax.Catalogue;

namespace Confgen.Targets.Caddy.Reading;

/// <summary>A directive without its matcher.</summary>
/// <param name="Line">Its line.</param>
/// <param name="Condition">Its matcher.</param>
/// <param name="Words">The words after the matcher.</param>
internal sealed record Directive(SourceLine Line, Condition Condition, IReadOnlyList<string> Words)
{
    public string First => Words.Count > 0 ? Words[0] : "";

    /// <summary>Takes the matcher from a line.</summary>
    public static Directive Of(SourceLine line, MatcherReader matchers)
    {
        CaddyWord? known = CaddyCatalogue.Standard.Directives.Find(line.Name);
        bool isAlone = line.Name is "root" or "rewrite" && line.Arguments.Count == 1;
        bool hasMatcher =
            known?.TakesMatcher != false
            && !isAlone
            && line.Arguments is [var first, ..]
            && (first == "*" || first.StartsWith('/') || first.StartsWith('@'));
        return hasMatcher
            ? new Directive(line, matchers.Read(line.First), [.. line.Arguments.Skip(1)])
            : new Directive(line, Condition.Always, line.Arguments);
    }
}

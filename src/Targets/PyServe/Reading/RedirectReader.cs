using Confgen.Compiler.Syntax;

namespace Confgen.Targets.PyServe.Reading;

/// <summary>Reads <c>server.redirect_instructions</c>: one path each, answered with 302.</summary>
internal static class RedirectReader
{
    public static IEnumerable<SyntaxNode> Routes(ConfigFile config, TakenPaths taken)
    {
        // Of two entries for a path PyServe keeps the last.
        EntrySyntax[] all = [.. ConfigFile.List(config.Server, "redirect_instructions").OfType<MapSyntax>().SelectMany(m => m.Entries)];
        foreach (EntrySyntax entry in all)
        {
            EntrySyntax last = all.Last(e => e.Key.Value == entry.Key.Value);
            if (entry != last)
            {
                config.Report(
                    ReadingRules.NeverReached,
                    entry.Key.Span,
                    $"a later redirect of '{entry.Key.Value}' replaces this one",
                    "remove one of them",
                    new Confgen.Model.Diagnostics.RelatedSpan(last.Key.Span, "the later one")
                );
            }
            else if (
                entry.Value is ScalarSyntax to
                && RuleReader.PathOf(config, entry.Key) is { } path
                && !taken.IsTaken(entry.Key, entry.Key.Value, "redirect")
            )
            {
                config.Report(
                    ReadingRules.Differs,
                    to.Span,
                    "PyServe appends the request's query to the Location; here it is sent as written"
                );
                string literal = to.Value.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);
                yield return SpecNodes.Map(
                    entry.Key.Span,
                    ("exact", SpecNodes.Text(path, entry.Key.Span)),
                    (
                        "redirect",
                        SpecNodes.Map(to.Span, ("to", SpecNodes.Text(literal, to.Span)), ("status", SpecNodes.Word("302", to.Span)))
                    )
                );
            }
        }
    }
}

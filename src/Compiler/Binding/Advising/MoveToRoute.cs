using Confgen.Compiler.Syntax;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sources;

namespace Confgen.Compiler.Binding.Advising;

/// <summary>
/// The way out for a route's field beside <c>routes:</c>: an action becomes a route for every path, another field moves into the only
/// route.
/// </summary>
internal static class MoveToRoute
{
    private static readonly string[] _actions = ["proxy", "respond", "files", "redirect", "fastcgi"];

    /// <summary>The advice for an entry of a site.</summary>
    public static Advice Advise(BindingContext c, MapSyntax site, EntrySyntax entry)
    {
        MapSyntax[] routes = [.. (site.Find("routes") as ListSyntax)?.Items.OfType<MapSyntax>() ?? []];
        string? value = EntryEdits.FlowText(c, entry.Value);
        string key = entry.Key.Value;
        string line = $"{key}: {value ?? "..."}";
        if (_actions.Contains(key))
        {
            return routes.Any(r => r.Find("path") is ScalarSyntax { Value: "/" })
                ? new Advice($"remove it: there is a route for 'path: /' already")
                : new Advice($"add the route '- {{ path: /, {line} }}'")
                {
                    Edits = value is null ? [] : Edits(c, site, entry, First(c, site, $"- {{ path: /, {line} }}")),
                };
        }

        return routes is [var only]
            ? new Advice($"write '{line}' in the route")
            {
                Edits = value is null || only.Find(key) is not null ? [] : Edits(c, site, entry, Into(c, only, line)),
            }
            : new Advice($"write '{line}' in each route that needs it");
    }

    private static ValueList<TextEdit> Edits(BindingContext c, MapSyntax site, EntrySyntax entry, TextEdit? insertion) =>
        insertion is not null && EntryEdits.Remove(c, site, entry) is { } removal ? [.. removal, insertion] : [];

    // Above the first route, with its indentation.
    private static TextEdit? First(BindingContext c, MapSyntax site, string element)
    {
        if (
            site.Find("routes") is not ListSyntax { Items: [var first, ..] }
            || !c.Sources.TryGetValue(first.Span.File, out SourceText? source)
        )
        {
            return null;
        }

        string before = source.Line(first.Span.Line)[..Math.Min(first.Span.Column - 1, source.Line(first.Span.Line).Length)];
        return before.Trim() == "-"
            ? new TextEdit(
                new SourceSpan(first.Span.File, first.Span.Line, 1, first.Span.Line, 1),
                before[..before.IndexOf('-', StringComparison.Ordinal)] + element + "\n"
            )
            : null;
    }

    private static TextEdit? Into(BindingContext c, MapSyntax route, string line)
    {
        SourceSpan last = route.Entries[^1].Value.Span;
        if (!c.Sources.TryGetValue(route.Span.File, out SourceText? source))
        {
            return null;
        }

        bool isFlow = source.Slice(route.Span).StartsWith('{');
        int column = route.Entries[0].Key.Span.Column - 1;
        return isFlow
            ? new TextEdit(last with { Line = last.EndLine, Column = last.EndColumn }, $", {line}")
            : new TextEdit(new SourceSpan(last.File, last.EndLine + 1, 1, last.EndLine + 1, 1), $"{new string(' ', column)}{line}\n");
    }
}

using System.Text.RegularExpressions;
using Confgen.Model.Regexes;
using Confgen.Targets.Caddy.Reading.Matching;
using Confgen.Targets.Importing;
using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Caddy.Reading.Actions;

/// <summary>Reads <c>rewrite</c> and <c>uri</c>.</summary>
internal static partial class RewriteReader
{
    /// <summary>The steps of a directive.</summary>
    public static IEnumerable<Step> Read(Directive directive, object? group)
    {
        if (directive.Line.Name == "rewrite")
        {
            return [Rewrite(directive, directive.First, group)];
        }

        Step? step = directive.Words switch
        {
            ["strip_prefix", var prefix] => StripPrefix(directive, prefix.StartsWith('/') ? prefix : "/" + prefix),
            ["strip_suffix", var suffix] => Regex(directive, SpecRegex.Escape(suffix) + "$", "", null),
            ["replace", var find, var to, ..] => Regex(directive, SpecRegex.Escape(find), Dollars(to), "the first occurrence in the path"),
            ["path_regexp", var regex, var to] => Regex(directive, regex, to, regex.StartsWith('^') ? null : "the first match"),
            _ => null,
        };
        if (step is null)
        {
            directive.Line.LoseAll("the query is passed as it is");
        }

        return step is null ? [] : [step];
    }

    /// <summary>Writes that a prefix is cut.</summary>
    /// <returns>The place; null where the route doesn't forward.</returns>
    public static OutputNode? Strip(string prefix, RouteDraft draft)
    {
        if (!Forwards(draft))
        {
            return null;
        }

        bool isWhole = draft.Test.Kind == PathTestKind.Prefix && draft.Test.Text.TrimEnd('/') == prefix;
        return IsRewritten(draft) || draft.Route["fastcgi"] is not null ? null
            : isWhole ? draft.Route.Word("strip_prefix", "true")
            : draft.Route["proxy"] is null ? null
            : Set(draft, $"^{SpecRegex.Escape(prefix)}", "");
    }

    private static Step StripPrefix(Directive directive, string prefix)
    {
        prefix = prefix.TrimEnd('/');
        return new Step(
            directive.Line,
            directive.Condition.With(
                new Clause.AnyOf(
                    new Atom.Path(new PathTest(PathTestKind.Exact, prefix)),
                    new Atom.Path(new PathTest(PathTestKind.Prefix, prefix + "/"))
                )
            )
        )
        {
            Effect = d => Settle(directive, d, Strip(prefix, d)),
            Change = new PathChange.Cut(prefix),
        };
    }

    private static Step Rewrite(Directive directive, string to, object? group)
    {
        if (to is "{http.matchers.file.relative}" or "{file_match.relative}")
        {
            return new Step(directive.Line, directive.Condition)
            {
                Effect = d =>
                {
                    if (d.Route["files"] is { } files && d.World.Facts.Exists(f => f is Atom.File))
                    {
                        directive.Line.Entry.Say(files);
                    }
                    else
                    {
                        directive.Line.Entry.Lose("the path of the file that was found is known to files alone");
                    }
                },
            };
        }

        string path = to.Split('?', 2)[0];
        string query = to.Contains('?', StringComparison.Ordinal) ? to[(path.Length + 1)..] : "";
        bool keepsQuery = query is "" or "{query}" or "{http.request.uri.query}" && (query.Length > 0 || !to.EndsWith('?'));
        return new Step(directive.Line, directive.Condition)
        {
            Group = group,
            Change = Placeholders.IsIn(path) ? new PathChange.Other() : new PathChange.Fixed(path),
            Effect = d =>
            {
                if (!keepsQuery)
                {
                    directive.Line.Entry.Lose("the query is passed as it is");
                }
                else if (Forwards(d))
                {
                    Settle(directive, d, Write(d, path));
                }
                else
                {
                    directive.Line.Entry.Tune("what responds doesn't look at the path");
                }
            },
        };
    }

    private static OutputNode? Write(RouteDraft draft, string path)
    {
        if (draft.Route["fastcgi"] is not null)
        {
            return null;
        }

        string text = path.Replace("{http.request.uri}", "{uri}", StringComparison.Ordinal)
            .Replace("{http.request.uri.path}", "{path}", StringComparison.Ordinal);
        if (Prefix().Match(text) is { Success: true } prefixed)
        {
            string prefix = prefixed.Groups["prefix"].Value;
            if (draft.Route["strip_prefix"] is { } strip && draft.Route["rewrite"] is null)
            {
                draft.Route.Take("strip_prefix");
                OutputText place = draft.Route.Set("replace_prefix", prefix);
                strip.ReplaceBy(place);
                return place;
            }

            return IsRewritten(draft) || draft.Route["proxy"] is null ? null : draft.Route.Set("add_prefix", prefix);
        }

        // What a regex of the matcher has caught.
        if (Group().IsMatch(text))
        {
            string? regex = draft
                .World.Taken.SelectMany(s => s.Condition.Lines)
                .LastOrDefault(l => l.Words.Any(w => w.Text == "path_regexp"))
                ?.Words[^1]
                .Text;
            return regex is null || IsRewritten(draft) ? null : Set(draft, regex, Group().Replace(Dollars(text), "$$${group}"));
        }

        if (draft.Route["files"] is OutputMap files && draft.Route["proxy"] is null)
        {
            // A file whatever the path is.
            return files["try"] is null && !Placeholders.IsIn(text) ? files.Set("try", new OutputList(new OutputText(text))) : null;
        }

        return Placeholders.IsIn(text) || IsRewritten(draft) ? null
            : draft.Test.Kind == PathTestKind.Exact ? Set(draft, draft.Test.AsRegex(), Dollars(text))
            : Set(draft, "^.*$", Dollars(text));
    }

    private static Step Regex(Directive directive, string regex, string to, string? note)
    {
        bool isValid = RegexPattern.TryParse(regex, out _, out _, out _);
        return new Step(directive.Line, directive.Condition)
        {
            Change = new PathChange.Other(),
            Effect = d => Settle(directive, d, isValid && !IsRewritten(d) && d.Route["proxy"] is not null ? Set(d, regex, to) : null, note),
        };
    }

    /// <summary>Settles a directive that rewrites.</summary>
    /// <param name="directive">The directive.</param>
    /// <param name="draft">The route.</param>
    /// <param name="place">Where the route says it; null where it doesn't.</param>
    /// <param name="note">What to know of it.</param>
    public static void Settle(Directive directive, RouteDraft draft, OutputNode? place, string? note = null)
    {
        if (place is not null)
        {
            directive.Line.Entry.Say(place, note);
        }
        else if (Forwards(draft))
        {
            directive.Line.Entry.Lose(
                draft.Route["fastcgi"] is not null ? "scripts see the path as it was sent"
                : draft.Route["files"] is null ? "a route rewrites once, by a prefix or a regex"
                : $"the files of '{draft.Test.AsRegex()}' are looked up by their whole path"
            );
        }
        else if (directive.Line.Name != "handle_path")
        {
            directive.Line.Entry.Tune("what responds doesn't look at the path");
        }
    }

    private static bool Forwards(RouteDraft draft) => draft.Route.Entries.Any(e => e.Key is "proxy" or "files" or "fastcgi");

    private static bool IsRewritten(RouteDraft draft) =>
        draft.Route.Entries.Any(e => e.Key is "strip_prefix" or "replace_prefix" or "add_prefix" or "rewrite");

    private static OutputMap Set(RouteDraft draft, string regex, string to)
    {
        OutputMap rewrite = draft.Route.Map("rewrite");
        rewrite.Set("regex", regex);
        rewrite.Set("to", to);
        return rewrite;
    }

    private static string Dollars(string text) => text.Replace("$", "$$", StringComparison.Ordinal);

    [GeneratedRegex(@"^(?<prefix>/[^{}]+?)/?\{(uri|path)\}\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Prefix();

    [GeneratedRegex(@"\{(re|http\.regexp)\.([A-Za-z_][A-Za-z0-9_-]*\.)?(?<group>[0-9])\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Group();
}

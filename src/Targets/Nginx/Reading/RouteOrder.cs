using Confgen.Targets.Importing;
using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Nginx.Reading;

/// <summary>
/// Gives routes their matchers. nginx takes an exact location first, then the longest prefix if it says <c>^~</c>, then the first regex
/// that matches, then the longest prefix. A spec takes <c>exact</c>, then <c>regex</c> in the order written, then the longest <c>path</c>,
/// by whole segments.
/// </summary>
internal static class RouteOrder
{
    /// <summary>Writes the matchers before the locations are read.</summary>
    public static void WriteMatchers(IReadOnlyList<Location> locations)
    {
        foreach (Location location in locations)
        {
            WriteMatcher(location, locations);
        }
    }

    /// <summary>Writes one.</summary>
    /// <param name="location">The location.</param>
    /// <param name="all">All of the server.</param>
    public static void WriteMatcher(Location location, IReadOnlyList<Location> all)
    {
        switch (location.Kind)
        {
            case LocationKind.Exact:
                location.Route.Set("exact", location.Pattern);
                break;
            case LocationKind.Regex:
                location.Route.Set("regex", location.Pattern);
                break;
            case LocationKind.PrefixFirst or LocationKind.Prefix when location.First is { } first && IsAskedBeforeRegexes(first, all):
                location.Route.Set("regex", Begins(location, all));
                break;
            default:
                location.Route.Set("path", PathOf(location.Pattern));
                break;
        }
    }

    /// <summary>
    /// Settles what prefixes take beyond whole segments: <c>/api</c> also <c>/apis</c>, and <c>/api/</c> not <c>/api</c>. Adds routes where
    /// a guard would be open, or a redirect missing.
    /// </summary>
    /// <param name="locations">The locations with their routes.</param>
    public static void Complete(List<Location> locations)
    {
        foreach (Location first in locations.Where(l => l.Kind == LocationKind.PrefixFirst && l.Route["regex"] is not null))
        {
            foreach (Location below in Below(first, locations).Where(l => (first.Route["regex"] as OutputText)?.Text == Begin(first)))
            {
                below.Directive?.Entry.Lose(
                    $"'^~ {first.Pattern}', which regexes don't come before, is a regex here and takes its requests"
                );
            }
        }

        Location[] prefixes = [.. locations.Where(l => l.IsPrefix && l.Route["path"] is not null && l.Pattern != "/" && !IsConditional(l))];
        foreach (Location location in prefixes)
        {
            if (location.Pattern.EndsWith('/'))
            {
                Bare(location, locations);
            }
            else
            {
                Longer(location, locations);
            }
        }
    }

    /// <summary>The order of a spec: regexes as they are asked, prefixes as written, the site's <c>/</c> last.</summary>
    public static List<Location> Sorted(List<Location> locations) =>
        [
            .. locations
                .Select((l, i) => (Location: l, At: i, First: IsOfFirst(l) ? l.First : null))
                .OrderBy(l => l.First is null ? 0 : -l.First.Pattern.Length)
                .ThenBy(l => l.First is not null && l.Location.IsPrefix ? 1 : 0)
                .ThenBy(l => l.First is not null && l.Location.IsPrefix ? -l.Location.Pattern.Length : 0)
                .ThenBy(l => l.Location is { IsPrefix: true, Pattern: "/" } ? 1 : 0)
                .ThenBy(l => l.At)
                .Select(l => l.Location),
        ];

    // Whether a place in `^~` has to be asked before the server's regexes.
    private static bool IsOfFirst(Location location) =>
        location.First is { } first && first.Route["regex"] is not null && location.Route["regex"] is not null;

    private static string Begin(Location location) => "^" + SpecRegex.Escape(location.Pattern);

    // A longer prefix beside it, which regexes come before, takes its own requests.
    private static string Begins(Location location, IReadOnlyList<Location> all)
    {
        string begin = Begin(location);
        string[] below =
        [
            .. location.Kind == LocationKind.PrefixFirst
                ? Below(location, all).Select(l => SpecRegex.Escape(l.Pattern[location.Pattern.Length..])).Distinct(StringComparer.Ordinal)
                : [],
        ];
        string without = $"{begin}(?!{string.Join('|', below)})";
        return below.Length > 0 && NegativeLookahead.Expand(without) is var regex && regex != without ? regex : begin;
    }

    private static IEnumerable<Location> Below(Location first, IEnumerable<Location> all) =>
        all.Where(l => l.Kind == LocationKind.Prefix && l.First is null && IsBelow(l, first));

    private static bool IsBelow(Location location, Location above) =>
        location.Pattern.Length > above.Pattern.Length && location.Pattern.StartsWith(above.Pattern, StringComparison.Ordinal);

    private static bool IsConditional(Location location) => location.Route["match"] is not null;

    private static bool IsAskedBeforeRegexes(Location location, IReadOnlyList<Location> all) =>
        all.Any(l => l.Kind == LocationKind.Regex && l.First != location && Regexes.MayMatchBelow(l.Pattern, location.Pattern));

    private static string PathOf(string pattern) =>
        pattern.Length > 1
            ? pattern.TrimEnd('/') is { Length: > 0 } path
                ? path
                : "/"
            : pattern;

    // `location /app/`: `/app` is redirected to it where it forwards, else another location's.
    private static void Bare(Location location, List<Location> locations)
    {
        string bare = location.Pattern.TrimEnd('/');
        if (locations.Exists(l => l.Kind == LocationKind.Exact && l.Pattern == bare))
        {
            return;
        }

        // A location for the bare path: what it takes beyond the path is the longer one's.
        if (locations.Find(l => l.IsPrefix && l.Pattern == bare) is { } other)
        {
            other.Route.Take("path");
            other.Route.Set("exact", bare);
            other.Route.Sort(["exact"]);
            other.Directive?.Entry.Say(other.Route, $"'{bare}' alone: what only begins so, as '{bare}x', is left to other routes");
            return;
        }

        // nginx adds the slash where the location itself forwards.
        if ((location.Route["proxy"] ?? location.Route["fastcgi"]) is not null && location.Route["files_first"] is null)
        {
            var redirect = new Location(LocationKind.Exact, bare, location.Scope);
            redirect.Route.Set("exact", bare);
            OutputMap to = redirect.Route.Map("redirect");
            to.Set("to", location.Pattern);
            to.Word("status", "301");
            if ((location.Route["headers"] as OutputMap)?["response"] is { } response)
            {
                redirect.Route.Map("headers").Set("response", Copies.Of(response));
            }

            locations.Insert(locations.IndexOf(location), redirect);
        }
    }

    // `location /app` takes `/apple` too.
    private static void Longer(Location location, List<Location> locations)
    {
        Location? next = locations
            .Where(l => l != location && l.IsPrefix && l.Pattern.Length < location.Pattern.Length && l.Route["path"] is not null)
            .Where(l => location.Pattern.StartsWith(l.Pattern, StringComparison.Ordinal) && !IsConditional(l))
            .OrderByDescending(l => l.Pattern.Length)
            .FirstOrDefault();
        if (next is not null && Behaviour(next) == Behaviour(location))
        {
            return;
        }

        string longer = location.Pattern + "x";
        if (!IsGuarded(location) || next is null)
        {
            location.Directive?.Entry.Say(
                location.Route,
                next is null ? $"by whole segments: '{longer}' is 404" : $"by whole segments: '{longer}' is left to '{next.Pattern}'"
            );
            return;
        }

        // A guard must hold for all that nginx guards.
        var guarded = new Location(LocationKind.Regex, $"^{SpecRegex.Escape(location.Pattern)}[^/]", location.Scope);
        guarded.Route.Set("regex", guarded.Pattern);
        guarded.Route.Comments.Add($"What begins with {location.Pattern} is guarded too, as in the source.");
        foreach ((string key, OutputNode value) in location.Route.Entries)
        {
            if (key is not ("path" or "strip_prefix" or "replace_prefix"))
            {
                guarded.Route.Set(key, Copies.Of(value));
            }
        }

        int last = locations.FindLastIndex(l => l.Route["regex"] is not null);
        locations.Insert(last < 0 ? locations.IndexOf(location) : last + 1, guarded);
    }

    private static bool IsGuarded(Location location) =>
        location.Route.Entries.Any(e => e.Key is "allow" or "deny" or "basic_auth" or "forward_auth" or "respond");

    private static string Behaviour(Location location) =>
        string.Join("; ", location.Route.Entries.Where(e => e.Key != "path").Select(e => $"{e.Key}={e.Value.Canonical}").Order());
}

using Confgen.Targets.Importing;

namespace Confgen.Targets.Nginx.Reading;

/// <summary>Takes nested locations out of one another where that means the same.</summary>
internal static class LocationTree
{
    public static void Add(SourceDirective directive, Scope parent, List<Location> into)
    {
        if (Location.Read(directive, parent, null, out string? problem) is not { } location)
        {
            directive.LoseAll(problem ?? "");
            return;
        }

        foreach (SourceDirective child in directive.Children.Where(c => c.Name == "location"))
        {
            AddInner(child, location, into);
        }

        into.Add(location);
    }

    private static void AddInner(SourceDirective child, Location outer, List<Location> into)
    {
        if (Location.Read(child, outer.Scope, outer, out string? problem) is not { } inner)
        {
            child.LoseAll(problem ?? "");
            return;
        }

        // nginx asks an inner regex only where the outer prefix was chosen.
        bool staysWithin =
            outer is { Kind: LocationKind.Prefix, Pattern: "/" }
            || inner.Kind != LocationKind.Regex
            || (Regexes.Anchored(inner.Pattern) is { } anchored && anchored.Prefix.StartsWith(outer.Pattern, StringComparison.Ordinal));
        if (!staysWithin && Within(inner, outer) is { } moved)
        {
            inner = moved;
        }
        else if (!staysWithin)
        {
            child.LoseAll("a regex within a location, for paths that a regex of a spec can't tell apart");
            return;
        }

        AddRead(inner, into);
    }

    private static void AddRead(Location location, List<Location> into)
    {
        foreach (SourceDirective child in location.Directive!.Children.Where(c => c.Name == "location"))
        {
            AddInner(child, location, into);
        }

        into.Add(location);
    }

    // `~ \.php$` in `/app/` is `^/app/.*\.php$`, where it isn't anchored itself.
    private static Location? Within(Location inner, Location outer) =>
        outer.IsPrefix
        && !inner.Pattern.StartsWith("(?i)", StringComparison.Ordinal)
        && SpecRegex.Below(outer.Pattern, inner.Pattern) is { } regex
            ? new Location(LocationKind.Regex, regex, inner.Scope) { Directive = inner.Directive, Outer = outer }
            : null;
}

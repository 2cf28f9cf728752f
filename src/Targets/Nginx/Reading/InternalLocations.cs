namespace Confgen.Targets.Nginx.Reading;

/// <summary>Reads a location that no request of a client gets to (<c>internal</c>, or with a name).</summary>
internal static class InternalLocations
{
    /// <summary>A route with 404, as a client gets it there, where another location of the server would take the path; else none.</summary>
    public static IEnumerable<Location> Read(ReadingState reading, Location location, SiteContext site, LocationTable locations)
    {
        bool isTaken =
            location.Kind != LocationKind.Named
            && locations.All.Any(other => other != location && other.IsPrefix && MayBothTake(location, other));
        if (isTaken)
        {
            RouteOrder.WriteMatcher(location, locations.All);
            location.Route.Word("respond", "404");
            foreach (SourceDirective mark in location.Scope.OwnOf("internal"))
            {
                mark.Entry.Say(location.Route);
            }

            ResponseHeadersReader.Read(reading, location, site, locations.HasServersFields);
            yield return location;
        }
    }

    private static bool MayBothTake(Location location, Location other) =>
        location.Kind == LocationKind.Regex
            ? Regexes.MayMatchBelow(location.Pattern, other.Pattern)
            : location.Pattern.StartsWith(other.Pattern, StringComparison.Ordinal);
}

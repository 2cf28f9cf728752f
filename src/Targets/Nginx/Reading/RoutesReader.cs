using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Nginx.Reading;

/// <summary>Reads the locations of a server into the routes of a site.</summary>
internal static class RoutesReader
{
    /// <summary>The routes.</summary>
    /// <param name="reading">What all share.</param>
    /// <param name="scope">The server's block, or what stands in for it.</param>
    /// <param name="site">The site.</param>
    /// <param name="conditions">The <c>if</c> directives of the server that hold for every location.</param>
    public static OutputList Read(ReadingState reading, Scope scope, SiteContext site, IReadOnlyList<SourceDirective> conditions)
    {
        var locations = new List<Location>();
        foreach (SourceDirective directive in scope.OwnOf("location"))
        {
            LocationTree.Add(directive, scope, locations);
        }

        if (scope.OwnOf("return").Any())
        {
            foreach (Location location in locations)
            {
                location.Directive?.TuneAll("the server's 'return' comes before its locations");
            }

            locations.Clear();
        }

        bool hasOwn = scope.Own.Any(d => d.Name is "return" or "try_files") || scope.Find("root") is not null;
        if (hasOwn && !locations.Exists(l => l is { IsPrefix: true, Pattern: "/" }))
        {
            locations.Add(new Location(LocationKind.Prefix, "/", scope));
        }

        Location[] reachable = [.. locations.Where(l => !l.IsInternal)];
        RouteOrder.WriteMatchers(reachable);
        var table = new LocationTable([.. locations]);
        var reader = new LocationReader(reading, site, table);
        List<Location> routes =
        [
            .. ServerRewrites.Read(reading, scope, site, table),
            .. locations.SelectMany(l => l.IsInternal ? InternalLocations.Read(reading, l, site, table) : reader.Read(l, conditions)),
        ];
        RouteOrder.Complete(routes);
        var list = new OutputList();
        foreach (Location route in RouteOrder.Sorted(routes))
        {
            list.Add(route.Route);
        }

        foreach (Location location in locations.Where(l => l.IsInternal))
        {
            location.Directive?.TuneAll("no request of a client gets there");
        }

        return list;
    }
}

namespace Confgen.Targets.Nginx.Reading;

/// <summary>Reads the <c>rewrite</c> directives of a server that redirect: they come before its locations.</summary>
internal static class ServerRewrites
{
    public static IEnumerable<Location> Read(ReadingState reading, Scope scope, SiteContext site, LocationTable locations)
    {
        foreach (SourceDirective rewrite in scope.OwnOf("rewrite").Where(r => r.Arguments.Count >= 2))
        {
            if (ReturnReader.StatusOf(rewrite) is null)
            {
                rewrite.Entry.Lose("a rewrite that chooses a location anew has no counterpart");
                continue;
            }

            if (Regexes.Translate(rewrite.First, ignoresCase: false, out string? problem) is not { } regex)
            {
                rewrite.Entry.Lose(problem ?? "");
                continue;
            }

            (string Prefix, string Tail)? anchored = Regexes.Anchored(regex);
            bool isExact = anchored is { Tail: "$", Prefix.Length: > 0 };
            var location = new Location(isExact ? LocationKind.Exact : LocationKind.Regex, isExact ? anchored!.Value.Prefix : regex, scope);
            RouteOrder.WriteMatcher(location, [location]);
            if (ReturnReader.ReadRewrite(reading, rewrite, scope, site, location.Route))
            {
                ResponseHeadersReader.Read(reading, location, site, locations.HasServersFields);
                yield return location;
            }
            else if (!rewrite.Entry.IsSettled)
            {
                rewrite.Entry.Lose("a redirect can't use what the groups of a regex matched");
            }
        }
    }
}

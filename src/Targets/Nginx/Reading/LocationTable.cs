namespace Confgen.Targets.Nginx.Reading;

/// <summary>The locations of a server.</summary>
/// <param name="All">In the order written.</param>
internal sealed record LocationTable(IReadOnlyList<Location> All)
{
    /// <summary>The location that takes a path of a subrequest or an error page; null where a regex would have to be asked.</summary>
    public Location? Find(string path) =>
        path.StartsWith('@')
            ? All.FirstOrDefault(l => l.Kind == LocationKind.Named && l.Pattern == path)
            : All.FirstOrDefault(l => l.Kind == LocationKind.Exact && l.Pattern == path)
                ?? All.Where(l => l.IsPrefix && path.StartsWith(l.Pattern, StringComparison.Ordinal))
                    .OrderByDescending(l => l.Pattern.Length)
                    .FirstOrDefault();
}

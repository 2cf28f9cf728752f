using Confgen.Model.Regexes;

namespace Confgen.Targets.Nginx.Reading;

/// <summary>The locations of a server.</summary>
/// <param name="All">In the order written.</param>
internal sealed record LocationTable(IReadOnlyList<Location> All)
{
    /// <summary>Whether each location has the same of <c>add_header</c>, that of the server.</summary>
    public bool HasServersFields { get; } = All.All(static l => l.Directive is null || !l.Scope.OwnOf("add_header").Any());

    /// <summary>The location that takes a path of a subrequest or an error page; null where a regex would have to be asked.</summary>
    public Location? Find(string path) =>
        path.StartsWith('@')
            ? All.FirstOrDefault(l => l.Kind == LocationKind.Named && l.Pattern == path)
            : All.FirstOrDefault(l => l.Kind == LocationKind.Exact && l.Pattern == path)
                ?? All.Where(l => l.IsPrefix && path.StartsWith(l.Pattern, StringComparison.Ordinal))
                    .OrderByDescending(l => l.Pattern.Length)
                    .FirstOrDefault();

    /// <summary>The location that takes the path of a request; null where none does.</summary>
    public Location? Choose(string path)
    {
        Location? prefix = Find(path);
        return prefix?.Kind is LocationKind.Exact or LocationKind.PrefixFirst
            ? prefix
            : All.FirstOrDefault(l => l.Kind == LocationKind.Regex && IsMatch(l.Pattern, path)) ?? prefix;
    }

    private static bool IsMatch(string regex, string path) =>
        RegexPattern.TryParse(regex, out RegexPattern? pattern, out _, out _) && pattern.IsMatch(path);
}

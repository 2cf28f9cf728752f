using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Nginx.Reading;

/// <summary>A location of a server, with the route that it becomes.</summary>
/// <param name="Kind">How it matches.</param>
/// <param name="Pattern">Its path, regex (in the spec's dialect) or name.</param>
/// <param name="Scope">Its block; of a server's own action, the server's.</param>
internal sealed record Location(LocationKind Kind, string Pattern, Scope Scope)
{
    /// <summary>The route.</summary>
    public OutputMap Route { get; } = new();

    /// <summary>The location that it stands in; null where that is the server.</summary>
    public Location? Outer { get; init; }

    /// <summary>Itself or the innermost one around it that regexes of the server don't come before (<c>^~</c>); else null.</summary>
    public Location? First => Kind == LocationKind.PrefixFirst ? this : Outer?.First;

    /// <summary>The directive; null where the server itself stands in for <c>location /</c>.</summary>
    public SourceDirective? Directive { get; init; }

    /// <summary>Whether no request of a client gets here (<c>internal</c>).</summary>
    public bool IsInternal => Kind == LocationKind.Named || (Directive is not null && Scope.OwnOf("internal").Any());

    /// <summary>Whether its paths may be those of folders; an exact one and a regex for names of files have none.</summary>
    public bool HasFolders =>
        Kind == LocationKind.Exact
            ? Pattern.EndsWith('/')
            : Kind != LocationKind.Regex || !Pattern.EndsWith('$') || Pattern.EndsWith("/$", StringComparison.Ordinal);

    public bool IsPrefix => Kind is LocationKind.Prefix or LocationKind.PrefixFirst;

    /// <summary>Reads the words behind <c>location</c>; null, with the reason, where a spec can't match so.</summary>
    public static Location? Read(SourceDirective directive, Scope parent, Location? outer, out string? problem)
    {
        problem = null;
        var scope = new Scope(parent, directive, directive.Children);
        (string sign, string pattern) = Words(directive.Arguments);
        switch (sign)
        {
            case "=":
                return new Location(LocationKind.Exact, pattern, scope) { Directive = directive, Outer = outer };
            case "^~":
                return new Location(LocationKind.PrefixFirst, pattern, scope) { Directive = directive, Outer = outer };
            case "~" or "~*":
                if (Regexes.Translate(pattern, ignoresCase: sign == "~*", out problem) is { } regex)
                {
                    var location = new Location(LocationKind.Regex, regex, scope) { Directive = directive, Outer = outer };
                    if (pattern.Contains("(?!", StringComparison.Ordinal))
                    {
                        location.Route.Comments.Add($"In the source: {pattern}");
                    }

                    return location;
                }

                return null;
            default:
                return new Location(pattern.StartsWith('@') ? LocationKind.Named : LocationKind.Prefix, pattern, scope)
                {
                    Directive = directive,
                    Outer = outer,
                };
        }
    }

    private static (string Sign, string Pattern) Words(IReadOnlyList<string> words) =>
        words switch
        {
            [var sign, var pattern] => (sign, pattern),
            [['~', '*', .. var pattern]] => ("~*", pattern),
            [['^', '~', .. var pattern]] => ("^~", pattern),
            [['~', .. var pattern]] => ("~", pattern),
            [['=', .. var pattern]] => ("=", pattern),
            [var pattern, ..] => ("", pattern),
            _ => ("", "/"),
        };
}

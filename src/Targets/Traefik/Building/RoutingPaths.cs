using System.Text;
using Confgen.Compiler.Rendering;
using Confgen.Model.Regexes;
using Confgen.Model.Routes;
using Confgen.Targets.Traefik.Syntax;

namespace Confgen.Targets.Traefik.Building;

/// <summary>
/// Writes a path of the spec as a regex on the path that Traefik chooses routers by. That one is decoded, but for reserved characters
/// (since 3.4.1), and holds each slash and `.` segment that the client sent.
/// </summary>
/// <param name="version">The release.</param>
internal sealed class RoutingPaths(TargetVersion version)
{
    private readonly bool _keepsReserved = version >= TraefikVersions.KeepsReserved;

    private string Slash => _keepsReserved ? "(?:/|%2F)" : "/";

    private string End => _keepsReserved ? "(?:/|%2F|$)" : "(?:/|$)";

    // One separator may be many, with `.` segments between them.
    private string Separator => $@"{Slash}+(?:\.{Slash}+)*";

    /// <summary>A path that holds a `..` segment, whatever its separators, or a NUL.</summary>
    public static string Ambiguous => @"(?:^|[/\\]|%2F)\.\.(?:[/\\]|%2F|$)|\x00";

    /// <summary>A path that a lenient upstream could read as another one.</summary>
    public string Lenient => @"%25|%3F|%23|[;?#\\\x{FFFD}\x00-\x1F\x7F]|%3B|[. ](?:/|%2F|$)" + (_keepsReserved ? "" : "|%[0-9A-Fa-f]{2}");

    /// <summary>A path with an empty or a `.` segment, which a regex of the spec doesn't see.</summary>
    public string Unclean => $@"{Slash}{Slash}|{Slash}\.{End}";

    /// <summary>The regex of a matcher; null where it takes every path.</summary>
    public string? Of(PathMatcher path) =>
        path.Kind switch
        {
            PathMatcherKind.Regex when path.Regex is { } regex => Of(regex),
            PathMatcherKind.Exact => Exact(path.Text),
            _ when path.IsEverything || path.Text.Length == 0 => null,
            _ => $"^{Segments(path.Text)}{End}",
        };

    /// <summary>A regex of the spec, on a path without empty and `.` segments.</summary>
    public string Of(RegexPattern regex) => _keepsReserved ? new ReservedRegex().Write(regex.Root) : regex.Write(RegexDialect.Re2);

    private string Exact(string path)
    {
        string start = "^" + Segments(path);
        return path.EndsWith('/') ? $@"{start}{(path == "/" ? "" : Separator)}\.?$" : start + "$";
    }

    private string Segments(string path)
    {
        if (path == "/")
        {
            return Separator;
        }

        var result = new StringBuilder();
        foreach (string segment in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            result.Append(Separator);
            foreach (Rune rune in segment.EnumerateRunes())
            {
                string literal = RegexText.Escape(rune.ToString(), RegexDialect.Re2);
                result.Append(
                    !_keepsReserved || !ReservedCharacters.Contains(rune.Value) ? literal
                    : rune.Value == '%' ? ReservedCharacters.Escape('%')
                    : $"(?:{literal}|{ReservedCharacters.Escape(rune.Value)})"
                );
            }
        }

        return result.ToString();
    }
}

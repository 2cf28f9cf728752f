using Confgen.Model.Regexes;
using Confgen.Model.Routes;
using Confgen.Targets.Nginx.Syntax;

namespace Confgen.Targets.Nginx.Building;

/// <summary>Writes path matchers.</summary>
internal static class PathRegex
{
    /// <summary>A regex on the normalised path.</summary>
    public static string Of(PathMatcher path) =>
        path.Kind switch
        {
            PathMatcherKind.Exact => "^" + NginxQuoting.EscapeRegex(path.Text) + @"\z",
            PathMatcherKind.Regex => path.Regex?.Write(RegexDialect.Pcre) ?? path.Text,
            _ when path.IsEverything => "^/",
            _ => "^" + NginxQuoting.EscapeRegex(path.Text) + @"(?:/|\z)",
        };

    /// <summary>What stands before a location's brace.</summary>
    public static string Location(NginxBuild build, PathMatcher path) =>
        path switch
        {
            { IsEverything: true } => "/",
            // One that ends in a slash would redirect to itself from the name without.
            { Kind: PathMatcherKind.Exact } when !path.Text.EndsWith('/') || path.Text == "/" => "= "
                + build.Argument(path.Text, path.At.Span),
            _ => "~ " + build.Use(NginxQuoting.Regex(Of(path)), path.At.Span),
        };
}

using Confgen.Compiler.Lint.Rules.Routes;
using Confgen.Model;
using Confgen.Model.Routes;

namespace Confgen.Compiler.Lint.Rules.Matrix;

/// <summary>Finds the routes of a Matrix homeserver.</summary>
internal static class MatrixSites
{
    /// <summary>The routes whose path is the homeserver's API, <c>/_matrix</c> or below.</summary>
    public static IEnumerable<ProxyRoute> MatrixRoutes(this Spec spec) => spec.ProxyRoutes().Where(r => IsApi(r.Route));

    private static bool IsApi(Route route) =>
        route.Path.Kind == PathMatcherKind.Regex
            ? RegexShape.FirstLiteral(route.Path.Text).StartsWith("/_matrix", StringComparison.Ordinal)
            : RouteChoice.IsBelow(route.Path.Text, "/_matrix");
}

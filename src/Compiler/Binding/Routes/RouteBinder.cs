using Confgen.Compiler.Binding.Sites;
using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Compiler.Syntax;
using Confgen.Model.Raw;
using Confgen.Model.Routes;

namespace Confgen.Compiler.Binding.Routes;

/// <summary>Binds a route.</summary>
internal static class RouteBinder
{
    // What a route of a list alone can have: the only route of a site takes everything.
    private static readonly Field[] _ofList = [RouteFields.Path, RouteFields.Exact, RouteFields.Regex, RouteFields.Match];

    /// <summary>Binds a route of a list: one for each of its paths, which differ in nothing else.</summary>
    public static IReadOnlyList<Route> Bind(BindingContext c, SyntaxNode node, Inherited site)
    {
        ObjectReader o = ObjectReader.Open(c, node, RouteFields.Schema);
        return Bind(c, o, PathMatcherBinder.Bind(c, o), site.Bind(c, o, guards: true), ownLog: true);
    }

    /// <summary>Binds the only route of a site that carries the route's fields itself.</summary>
    public static Route? BindShort(BindingContext c, SyntaxNode node, Inherited site)
    {
        ObjectReader o = ObjectReader.Open(c, [node], RouteFields.Schema, SiteFields.Schema, besideWins: true);
        foreach (Field field in _ofList.Where(o.Has))
        {
            c.Diagnostics.Report(
                PathMatcherBinder.NotOneMatcher,
                o.KeySpan(field),
                $"'{field}' in a site that carries its only route itself",
                "list the route under 'routes'"
            );
        }

        return Bind(c, o, [PathMatcherBinder.Everything(node.Span)], site, ownLog: false).SingleOrDefault();
    }

    private static IReadOnlyList<Route> Bind(
        BindingContext c,
        ObjectReader o,
        IReadOnlyList<PathMatcher> matchers,
        Inherited inherited,
        bool ownLog
    )
    {
        bool transparent = o.Read(RouteFields.Transparent);
        RouteAction? action = ActionBinder.Bind(c, o, inherited);
        PathRewrite?[] rewrites =
            matchers.Count == 0
                ? [RewriteBinder.Bind(c, o, null, transparent)]
                : [.. matchers.Select(matcher => RewriteBinder.Bind(c, o, matcher, transparent))];
        HeaderRules headers = ownLog ? HeaderEditsBinder.Bind(c, o.Get(RouteFields.Headers)) : new HeaderRules();
        string? cacheControl = o.Get(RouteFields.CacheControl) is { } cache ? CacheControlReader.Bind(c, cache) : null;
        Model.Sites.AccessLog? log = ownLog ? LogBinder.Bind(c, o.Get(RouteFields.Log)) : null;
        RawTexts raw = ownLog ? RawBinder.Bind(c, o.Get(RouteFields.Raw)) : new RawTexts();
        RouteConditions conditions = ownLog ? ConditionsBinder.Bind(c, o.Get(RouteFields.Match)) : new RouteConditions();
        return action is null
            ? []
            :
            [
                .. matchers.Select(
                    (matcher, at) =>
                        c.Written(
                            new Route
                            {
                                At = o.Source.Over(inherited.Passed),
                                Path = matcher,
                                Match = conditions,
                                Action = GroupBinder.Bind(c, action, matcher),
                                Rewrite = rewrites[at],
                                Transparent = transparent,
                                Headers = GroupBinder.Bind(c, headers, matcher),
                                CacheControl = cacheControl,
                                Log = log,
                                Raw = raw,
                                MaxBody = inherited.MaxBody,
                                Errors = inherited.Errors,
                                RateLimit = inherited.Guards.RateLimit,
                                BasicAuth = inherited.Guards.BasicAuth,
                                Access = inherited.Guards.Access,
                                ForwardAuth = inherited.Guards.ForwardAuth,
                                Cors = inherited.Guards.Cors,
                            }
                        )
                ),
            ];
    }
}

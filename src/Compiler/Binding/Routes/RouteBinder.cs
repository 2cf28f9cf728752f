using Confgen.Compiler.Binding.Sites;
using Confgen.Compiler.Schema;
using Confgen.Compiler.Syntax;
using Confgen.Model.Routes;

namespace Confgen.Compiler.Binding.Routes;

/// <summary>Binds a route.</summary>
internal static class RouteBinder
{
    public static readonly ObjectSchema Schema = new(
        "route",
        "What a site does with the requests that match.",
        [
            new("path", TypeSchema.PathPattern, "A prefix by whole segments: `/api` takes `/api` and `/api/x`, never `/apifoo`. A trailing `/` means nothing.") { Example = "/api" },
            new("exact", TypeSchema.PathPattern, "One path; a trailing `/` counts.") { Example = "/healthz" },
            new("regex", TypeSchema.Regex, "A regex of the RE2 subset on the normalised path; it matches anywhere unless it is anchored.") { Example = "'\\.(js|css)$'" },
            new("match", new TypeSchema.Fields(() => ConditionsBinder.Schema), "Further conditions; a route whose conditions fail is passed over."),
            new("proxy", TypeSchema.UpstreamName, "Forwards to an upstream: its name, a URL, or `tunnel:NAME`.") { Example = "http://127.0.0.1:3000" },
            new("respond", new TypeSchema.AnyOf(new TypeSchema.Fields(() => ActionBinder.Respond), TypeSchema.Text), "Answers with a fixed text; a status or a body alone will do."),
            new("files", new TypeSchema.AnyOf(new TypeSchema.Fields(() => ActionBinder.Files), TypeSchema.Path), "Serves the files of a directory."),
            new("redirect", new TypeSchema.AnyOf(new TypeSchema.Fields(() => ActionBinder.Redirect), TypeSchema.Template), "Sends the client elsewhere."),
            new("sse", TypeSchema.Boolean, "The route streams server-sent events: no buffering, no compression, each write flushed at once, and the upstream may be silent for an hour.") { Default = "false" },
            new("strip_prefix", TypeSchema.Boolean, "Cuts the prefix that `path` matched; every later byte stays.") { Default = "false" },
            new("replace_prefix", TypeSchema.PathPattern, "Exchanges the prefix that `path` matched for another.") { Example = "/v2" },
            new("add_prefix", TypeSchema.PathPattern, "Puts a prefix before the whole target.") { Example = "/base" },
            new("rewrite", new TypeSchema.Fields(() => RewriteBinder.Schema), "Replaces the first match of a regex in the raw path."),
            new("transparent", TypeSchema.Boolean, "Asserts that the target is forwarded byte for byte: an error where the route rewrites, or a target can't.") { Default = "false" },
            new("host", TypeSchema.Text, "The Host header that the upstream sees: `preserve` (the client's), `upstream` (the server's) or a text.") { Default = "preserve" },
            new("flush_interval", TypeSchema.Duration, "How often a buffered answer is flushed; `0` at once. The program's own unless written.") { Example = "1s" },
            new("headers", new TypeSchema.Fields(() => HeaderEditsBinder.Schema), "Header rules; they apply after the site's."),
            new("cache_control", TypeSchema.Text, "The value of Cache-Control on every answer.") { Example = "public, max-age=3600" },
            new("log", LogBinder.Type, "The access log of this route; the site's unless written.") { Example = "off" },
            .. Inherited.OfSite,
        ])
    {
        OneIsRequired = ["proxy", "respond", "files", "redirect"],
        NotBeside =
        [
            .. ActionBinder.NotBeside,
            ("path", ["exact", "regex"]), ("exact", ["regex", "strip_prefix=true", "replace_prefix"]), ("regex", ["strip_prefix=true", "replace_prefix"]),
            .. RewriteBinder.NotBeside,
        ],
    };

    // What a route of a list alone can have: the only route of a site takes everything.
    private static readonly string[] _ofList = ["path", "exact", "regex", "match"];

    /// <summary>Binds a route of a list.</summary>
    public static Route? Bind(BindingContext c, SyntaxNode node, Inherited site)
    {
        ObjectReader o = ObjectReader.Open(c, node, Schema);
        return Bind(c, o, PathMatcherBinder.Bind(c, o), site.Bind(c, o, guards: true), ownLog: true);
    }

    /// <summary>Binds the only route of a site that carries the route's fields itself.</summary>
    public static Route? BindShort(BindingContext c, SyntaxNode node, Inherited site)
    {
        ObjectReader o = ObjectReader.Open(c, [node], Schema, SiteBinder.Schema, besideWins: true);
        foreach (string field in _ofList.Where(o.Has))
        {
            c.Diagnostics.Report(PathMatcherBinder.NotOneMatcher, o.KeySpan(field), $"'{field}' in a site that carries its only route itself", "list the route under 'routes'");
        }

        return Bind(c, o, PathMatcherBinder.Everything(node.Span), site, ownLog: false);
    }

    private static Route? Bind(BindingContext c, ObjectReader o, PathMatcher? matcher, Inherited inherited, bool ownLog)
    {
        bool transparent = o.Boolean("transparent", fallback: false);
        RouteAction? action = ActionBinder.Bind(c, o, inherited);
        PathRewrite? rewrite = RewriteBinder.Bind(c, o, matcher, transparent);
        HeaderRules headers = ownLog ? HeaderEditsBinder.Bind(c, o.Get("headers")) : new HeaderRules();
        string? cacheControl = o.Get("cache_control") is { } cache ? TemplateReader.HeaderText(c, cache) : null;
        Model.Sites.AccessLog? log = ownLog ? LogBinder.Bind(c, o.Get("log")) : null;
        return matcher is null || action is null ? null : c.Written(new Route
        {
            At = o.Source.Over(inherited.Passed),
            Path = matcher,
            Match = ownLog ? ConditionsBinder.Bind(c, o.Get("match")) : new RouteConditions(),
            Action = action,
            Rewrite = rewrite,
            Transparent = transparent,
            Headers = headers,
            CacheControl = cacheControl,
            Log = log,
            MaxBody = inherited.MaxBody,
            Errors = inherited.Errors,
            RateLimit = inherited.Guards.RateLimit,
            BasicAuth = inherited.Guards.BasicAuth,
            Access = inherited.Guards.Access,
            ForwardAuth = inherited.Guards.ForwardAuth,
            Cors = inherited.Guards.Cors,
        });
    }
}

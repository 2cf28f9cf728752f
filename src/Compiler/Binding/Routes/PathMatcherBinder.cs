using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;
using Confgen.Model.Sources;

namespace Confgen.Compiler.Binding.Routes;

/// <summary>Binds which paths a route takes: exactly one of <c>path</c>, <c>exact</c> and <c>regex</c>, each one path or a list.</summary>
internal static class PathMatcherBinder
{
    public static readonly Rule NotOneMatcher = new("CFG0132", "not-one-matcher", Severity.Error, "A route with no path, or with several")
    {
        Why = "A route takes paths by exactly one of `path` (a prefix by whole segments), `exact` and `regex`.",
        Bad = "sites:\n  - host: a.example.com\n    routes:\n      - { path: /a, exact: /b, proxy: \"http://127.0.0.1:3000\" }\n",
        Good = "sites:\n  - host: a.example.com\n    routes:\n      - { path: /a, proxy: \"http://127.0.0.1:3000\" }\n",
    };

    private static readonly Field[] _fields = [RouteFields.Path, RouteFields.Exact, RouteFields.Regex];

    /// <summary>A matcher for each path that the route takes; none where it takes none, which is reported.</summary>
    public static IReadOnlyList<PathMatcher> Bind(BindingContext c, ObjectReader o)
    {
        Field[] written = [.. _fields.Where(o.Has)];
        if (written.Length == 0 && _fields.Any(o.Meant))
        {
            return [];
        }

        if (written.Length != 1)
        {
            string message =
                written.Length == 0 ? "a route without a path" : $"a route with {string.Join(" and ", written.Select(f => f.Name))}";
            c.Diagnostics.Report(
                NotOneMatcher,
                written.Length == 0 ? o.Node.Span : o.KeySpan(written[1]),
                message,
                "give one of 'path', 'exact' and 'regex'; for everything 'path: /'"
            );
            return [];
        }

        o.NotEmpty(written[0], "for everything write 'path: /'");
        SourceSpan key = o.Get(written[0]) is ListSyntax ? default : o.KeySpan(RouteFields.Path);
        return o.List(written[0], node => Bind(c, written[0], node, key));
    }

    private static PathMatcher? Bind(BindingContext c, Field field, SyntaxNode node, SourceSpan key)
    {
        var at = new Source(node.Span, new Dictionary<string, SourceSpan>(StringComparer.Ordinal), "");
        if (field == RouteFields.Regex)
        {
            return RegexReader.Bind(c, node) is { } regex
                ? new PathMatcher
                {
                    Kind = PathMatcherKind.Regex,
                    Text = regex.Text,
                    Regex = regex,
                    At = at,
                }
                : null;
        }

        bool exact = field == RouteFields.Exact;
        string? text = exact ? Exact(c, node) : PathText.Matcher(c, node, key);
        return text is null
            ? null
            : new PathMatcher
            {
                Kind = exact ? PathMatcherKind.Exact : PathMatcherKind.Prefix,
                Text = text,
                At = at,
            };
    }

    /// <summary>The matcher of a site that carries its only route itself.</summary>
    public static PathMatcher Everything(SourceSpan span) =>
        new()
        {
            Kind = PathMatcherKind.Prefix,
            Text = "/",
            At = new Source(span, new Dictionary<string, SourceSpan>(StringComparer.Ordinal), ""),
        };

    // In an exact path a trailing slash is a byte as any other.
    private static string? Exact(BindingContext c, SyntaxNode? node) =>
        PathText.Matcher(c, node) is { } path
            ? path.Length > 1 && node is ScalarSyntax { Value: [.., '/'] }
                ? path + "/"
                : path
            : null;
}

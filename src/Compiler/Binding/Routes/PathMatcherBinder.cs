using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;
using Confgen.Model.Sources;

namespace Confgen.Compiler.Binding.Routes;

/// <summary>Binds which paths a route takes: exactly one of <c>path</c>, <c>exact</c> and <c>regex</c>.</summary>
internal static class PathMatcherBinder
{
    public static readonly Rule NotOneMatcher = new("CFG0132", "not-one-matcher", Severity.Error, "A route with no path, or with several")
    {
        Why = "A route takes paths by exactly one of `path` (a prefix by whole segments), `exact` and `regex`.",
        Bad = "sites:\n  - host: a.example.com\n    routes:\n      - { path: /a, exact: /b, proxy: \"http://127.0.0.1:3000\" }\n",
        Good = "sites:\n  - host: a.example.com\n    routes:\n      - { path: /a, proxy: \"http://127.0.0.1:3000\" }\n",
    };

    private static readonly Field[] _fields = [RouteFields.Path, RouteFields.Exact, RouteFields.Regex];

    public static PathMatcher? Bind(BindingContext c, ObjectReader o)
    {
        Field[] written = [.. _fields.Where(o.Has)];
        if (written.Length == 0 && _fields.Any(o.Meant))
        {
            return null;
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
            return null;
        }

        SyntaxNode? node = o.Get(written[0]);
        SourceSpan span = node?.Span ?? o.Node.Span;
        var at = new Source(span, new Dictionary<string, SourceSpan>(StringComparer.Ordinal), "");
        if (written[0] == RouteFields.Regex)
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

        bool exact = written[0] == RouteFields.Exact;
        string? text = exact ? Exact(c, node) : PathText.Matcher(c, node, o.KeySpan(RouteFields.Path));
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

using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;
using Confgen.Model.Regexes;
using Confgen.Model.Routes;
using Confgen.Model.Sources;

namespace Confgen.Compiler.Binding.Routes;

/// <summary>Binds how a route rewrites the target: at most one of four fields.</summary>
internal static class RewriteBinder
{
    public static readonly Rule TwoRewrites = new(
        "CFG0134",
        "two-rewrites",
        Severity.Error,
        "A route that rewrites its target twice, or where it can't"
    )
    {
        Why =
            "A route has at most one of `strip_prefix`, `replace_prefix`, `add_prefix` and `rewrite`. The first two cut the prefix that "
            + "`path` matched, so they need a `path` that is not `/`.",
        Bad =
            "sites:\n  - host: a.example.com\n    routes:\n      - { path: /api, strip_prefix: true, add_prefix: /v2, proxy: "
            + "\"http://127.0.0.1:3000\" }\n",
        Good =
            "sites:\n  - host: a.example.com\n    routes:\n      - { path: /api, replace_prefix: /v2, proxy: \"http://127.0.0.1:3000\" }\n",
    };

    public static readonly Rule NotTransparent = new(
        "CFG0135",
        "not-transparent",
        Severity.Error,
        "A transparent route that rewrites its target"
    )
    {
        Why = "`transparent: true` asserts that the target is forwarded byte for byte, so the route can't rewrite it.",
        Bad =
            "sites:\n  - host: a.example.com\n    routes:\n      - { path: /_matrix, transparent: true, strip_prefix: true, proxy: "
            + "\"http://127.0.0.1:3000\" }\n",
        Good =
            "sites:\n  - host: a.example.com\n    routes:\n      - { path: /_matrix, transparent: true, proxy: \"http://127.0.0.1:3000\" "
            + "}\n",
    };

    public static readonly Rule BadReplacement = new(
        "CFG0141",
        "bad-replacement",
        Severity.Error,
        "A replacement that can't be part of a path, or names a group that the regex hasn't"
    )
    {
        Why =
            "`to` replaces the first match in the raw path: visible ASCII, percent-encoded where need be, with `$1`, or `$${name}` "
            + "(`${name}` would be a variable), for what a group of the regex matched and `$$` for a dollar. A group that doesn't exist "
            + "would silently be nothing in one program and plain text in another.",
        Bad = "sites:\n  - host: a.example.com\n    proxy: http://127.0.0.1:3000\n    rewrite: { regex: \"^/v1/(.*)\", to: \"/v2/$2\" }\n",
        Good = "sites:\n  - host: a.example.com\n    proxy: http://127.0.0.1:3000\n    rewrite: { regex: \"^/v1/(.*)\", to: \"/v2/$1\" }\n",
    };

    private static readonly Field[] _fields =
    [
        RouteFields.StripPrefix,
        RouteFields.ReplacePrefix,
        RouteFields.AddPrefix,
        RouteFields.Rewrite,
    ];

    public static PathRewrite? Bind(BindingContext c, ObjectReader o, PathMatcher? matcher, bool transparent)
    {
        bool strips =
            o.Get(RouteFields.StripPrefix) is { } strip
            && ScalarReader.Boolean(c, strip, text => matcher?.Text == text.TrimEnd('/') ? "true" : null) == true;
        Field[] written = [.. _fields.Where(f => o.Has(f) && (f != RouteFields.StripPrefix || strips))];
        if (written.Length == 0)
        {
            return null;
        }

        if (written.Length > 1)
        {
            c.Diagnostics.Report(
                TwoRewrites,
                o.KeySpan(written[1]),
                $"both '{written[0]}' and '{written[1]}'",
                "keep one; 'replace_prefix' cuts and adds"
            );
            return null;
        }

        Field field = written[0];
        if (transparent)
        {
            c.Diagnostics.Report(
                NotTransparent,
                o.KeySpan(field),
                $"'{field}' in a route that says 'transparent: true'",
                "remove one of the two",
                new RelatedSpan(o.KeySpan(RouteFields.Transparent), "the assertion")
            );
        }

        if (field.Name is "strip_prefix" or "replace_prefix" && matcher is { Kind: not PathMatcherKind.Prefix } or { IsEverything: true })
        {
            c.Diagnostics.Report(
                TwoRewrites,
                o.KeySpan(field),
                $"'{field}' has no prefix to cut here",
                matcher.Kind == PathMatcherKind.Regex ? "use 'rewrite' with a regex" : "it needs 'path: /something'"
            );
        }

        var at = new Source(o.Get(field)?.Span ?? o.Node.Span, new Dictionary<string, SourceSpan>(StringComparer.Ordinal), "");
        return field.Name switch
        {
            "strip_prefix" => new PathRewrite { Kind = PathRewriteKind.StripPrefix, At = at },
            "rewrite" => BindRegex(c, o.Get(field), at),
            _ when Prefix(c, o.Get(field)) is { } prefix => new PathRewrite
            {
                Kind = field == RouteFields.AddPrefix ? PathRewriteKind.AddPrefix : PathRewriteKind.ReplacePrefix,
                To = prefix,
                At = at,
            },
            _ => null,
        };
    }

    private static PathRewrite? BindRegex(BindingContext c, SyntaxNode? node, Source at)
    {
        if (node is null)
        {
            return null;
        }

        ObjectReader o = ObjectReader.Open(c, node, RewriteFields.Schema);
        c.Written(new WrittenFields { At = o.Source });
        RegexPattern? regex = RegexReader.Bind(c, o.Get(RewriteFields.Regex));
        string? to = o.Text(RewriteFields.To);
        if (regex is not null && to is not null && !RegexReplacement.TryParse(to, regex, out _, out string? problem, out _))
        {
            c.Diagnostics.Report(BadReplacement, o.Get(RewriteFields.To)?.Span ?? node.Span, problem ?? BadReplacement.Title);
            return null;
        }

        return regex is null || to is null
            ? null
            : new PathRewrite
            {
                Kind = PathRewriteKind.Regex,
                Regex = regex,
                To = to,
                At = at,
            };
    }

    // A prefix goes into the raw target as it is, so it is written encoded.
    private static string? Prefix(BindingContext c, SyntaxNode? node) =>
        PathText.Target(c, node) is not { } text ? null
        : !text.Contains('?', StringComparison.Ordinal) ? text.TrimEnd('/')
        : Refuse(c, node, text);

    private static string? Refuse(BindingContext c, SyntaxNode? node, string text)
    {
        c.Diagnostics.Report(PathText.BadPath, node?.Span ?? SourceSpan.None, $"the prefix '{text}' has a query");
        return null;
    }
}

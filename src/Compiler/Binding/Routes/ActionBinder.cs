using Confgen.Compiler.Binding.Sites;
using Confgen.Compiler.Schema;
using Confgen.Compiler.Syntax;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;
using Confgen.Model.Templates;

namespace Confgen.Compiler.Binding.Routes;

/// <summary>Binds what answers a route: exactly one of <c>proxy</c>, <c>respond</c>, <c>files</c> and <c>redirect</c>.</summary>
internal static class ActionBinder
{
    public static readonly Rule NotOneAction = new("CFG0136", "not-one-action", Severity.Error, "A route without an action, or with several")
    {
        Why = "A route has exactly one of `proxy`, `respond`, `files` and `redirect`.",
        Bad = "sites:\n  - host: a.example.com\n    routes:\n      - { path: /, sse: true }\n",
        Good = "sites:\n  - host: a.example.com\n    routes:\n      - { path: /, sse: true, proxy: \"http://127.0.0.1:3000\" }\n",
    };

    public static readonly Rule NeedsProxy = new("CFG0137", "needs-proxy", Severity.Error, "A field that only a proxied route has")
    {
        Why = "The field says how a request is forwarded, and this route forwards none.",
        Bad = "sites:\n  - host: a.example.com\n    routes:\n      - { path: /, respond: ok, sse: true }\n",
        Good = "sites:\n  - host: a.example.com\n    routes:\n      - { path: /, respond: ok }\n",
    };

    private static readonly string[] _actions = ["proxy", "respond", "files", "redirect"];
    private static readonly string[] _ofProxy = ["sse", "flush_interval", "host", "transparent", "replace_prefix", "add_prefix", "rewrite"];

    /// <summary>Which keys of a route may not stand beside which.</summary>
    public static readonly IReadOnlyList<(string Key, IReadOnlyList<string> Others)> NotBeside =
    [
        ("proxy", ["respond", "files", "redirect"]), ("respond", ["files", "redirect", .. _ofProxy]), ("files", ["redirect", .. _ofProxy]), ("redirect", _ofProxy),
    ];

    public static readonly ObjectSchema Respond = new(
        "respond",
        "A fixed answer, to every method.",
        new("status", TypeSchema.Integer, "The status, 200 to 599.") { Default = "200" },
        new("body", TypeSchema.Text, "The body, as it is: braces are no placeholders here.") { Example = "\"ok\\n\"" },
        new("content_type", TypeSchema.Text, "The Content-Type.") { Default = "text/plain; charset=utf-8" });

    public static readonly ObjectSchema Redirect = new(
        "redirect",
        "The client is sent elsewhere.",
        new("to", TypeSchema.Template, "The Location; `{uri}` is the raw target.") { Required = true, Example = "https://new.example.com{uri}" },
        new("status", new TypeSchema.Choice("301", "302", "303", "307", "308"), "The status.") { Default = "308" });

    public static readonly ObjectSchema Files = new(
        "files",
        "Files of a directory are served, to GET and HEAD. The whole path is looked up below the root, unless the route says `strip_prefix`.",
        new("root", TypeSchema.Path, "The directory; no file outside is ever served.") { Required = true, Example = "/var/www/html" },
        new("index", new TypeSchema.ListOf(TypeSchema.Text, AllowSingle: true), "Names tried in a directory.") { Default = "[index.html]" },
        new("try", new TypeSchema.ListOf(TypeSchema.Template), "Paths below the root that are tried in turn; `{path}` is the request's.") { Example = "[ \"{path}\", \"/index.html\" ]" },
        new("browse", TypeSchema.Boolean, "Whether a directory without an index is listed.") { Default = "false" },
        new("precompressed", new TypeSchema.ListOf(new TypeSchema.Choice("zstd", "br", "gzip"), AllowSingle: true), "Codings for which a file with the suffix beside the asked one is sent instead.") { Example = "[br, gzip]" });

    public static RouteAction? Bind(BindingContext c, ObjectReader o, Inherited inherited)
    {
        string[] written = [.. _actions.Where(o.Has)];
        if (written.Length == 0 && _actions.Any(o.Meant))
        {
            return null;
        }

        if (written.Length != 1)
        {
            string message = written.Length == 0 ? "a route that says nothing to do" : $"a route with both '{written[0]}' and '{written[1]}'";
            c.Diagnostics.Report(NotOneAction, written.Length == 0 ? o.Node.Span : o.KeySpan(written[1]), message, "give one of 'proxy', 'respond', 'files' and 'redirect'");
            return null;
        }

        foreach (string field in _ofProxy.Where(f => written[0] != "proxy" && o.Has(f)))
        {
            c.Diagnostics.Report(NeedsProxy, o.KeySpan(field), $"'{field}' in a route that does not proxy", $"remove it, or exchange '{written[0]}' for 'proxy'");
        }

        SyntaxNode node = o.Get(written[0]) ?? o.Node;
        return written[0] switch
        {
            "proxy" => ProxyBinder.Bind(c, o, node, inherited),
            "respond" => BindRespond(c, node),
            "redirect" => BindRedirect(c, node),
            _ => BindFiles(c, node),
        };
    }

    private const string OfRedirect = "a redirect's status belongs to 'redirect': write 'redirect: { to: https://example.com{uri}, status: ";

    private static RespondAction BindRespond(BindingContext c, SyntaxNode node)
    {
        if (node is ScalarSyntax scalar)
        {
            if (!scalar.IsQuoted && IsRedirect(scalar.Value))
            {
                c.Diagnostics.Report(ValueRules.BadValue, node.Span, $"'respond' with the status {scalar.Value}", OfRedirect + scalar.Value + " }'");
            }

            int status = 0;
            bool isStatus = !scalar.IsQuoted && int.TryParse(scalar.Value, System.Globalization.NumberStyles.None, null, out status) && status is >= 200 and <= 599;
            if (!isStatus && !scalar.IsQuoted && status > 0)
            {
                c.Diagnostics.Report(ValueRules.BadValue, node.Span, $"{scalar.Value} is no status that can be answered", "it may be 200 to 599; a number in quotes is a body");
            }

            RespondAction alone = isStatus ? new RespondAction { Status = status } : new RespondAction { Body = scalar.Value };
            return c.Written(alone with { At = ObjectReader.OfShort(node, Respond, isStatus ? "status" : "body") });
        }

        ObjectReader o = ObjectReader.Open(c, node, Respond);
        if (o.Get("status") is ScalarSyntax { Value: var written } at && IsRedirect(written))
        {
            c.Diagnostics.Report(ValueRules.BadValue, at.Span, $"'respond' with the status {written}", OfRedirect + written + " }'");
        }

        var plain = new RespondAction();
        string body = o.Get("body") switch { null => "", ScalarSyntax text => text.Value, { } other => ScalarReader.Text(c, other) ?? "" };
        return c.Written(plain with
        {
            At = o.Source,
            Status = o.Integer("status", 200, 200, 599),
            Body = body,
            ContentType = ContentTypes.Bind(c, o.Get("content_type")) ?? plain.ContentType,
        });
    }

    private static bool IsRedirect(string status) => status is "301" or "302" or "303" or "307" or "308";

    private static RedirectAction? BindRedirect(BindingContext c, SyntaxNode node)
    {
        if (node is ScalarSyntax { Value: [>= '0' and <= '9', _, _, ' ', ..] } nginx && IsRedirect(nginx.Value[..3]))
        {
            c.Diagnostics.Report(ValueRules.BadValue, node.Span, "a status before the URL", Advice.Replace(node.Span, $"{{ to: {YamlScalar.Of(nginx.Value[4..])}, status: {nginx.Value[..3]} }}"));
            return null;
        }

        if (node is ScalarSyntax)
        {
            return TemplateReader.Bind(c, node, header: true) is { } alone ? c.Written(new RedirectAction { At = ObjectReader.OfShort(node, Redirect, "to"), To = alone }) : null;
        }

        ObjectReader o = ObjectReader.Open(c, node, Redirect);
        int status = o.Word("status", 308, [("301", 301), ("302", 302), ("303", 303), ("307", 307), ("308", 308)]);
        return o.Get("to") is { } to && TemplateReader.Bind(c, to, header: true) is { } template
            ? c.Written(new RedirectAction { At = o.Source, To = template, Status = status })
            : null;
    }

    private static FilesAction? BindFiles(BindingContext c, SyntaxNode node)
    {
        if (node is ScalarSyntax)
        {
            return FileReference.Directory(c, node) is { } alone ? c.Written(new FilesAction { At = ObjectReader.OfShort(node, Files, "root"), Root = alone }) : null;
        }

        ObjectReader o = ObjectReader.Open(c, node, Files);
        string? root = FileReference.Directory(c, o.Get("root"));
        ValueList<TextTemplate> tries = o.List("try", n => TryPath(c, n));
        var files = new FilesAction
        {
            At = o.Source,
            Root = root ?? "/",
            Index = o.Has("index") ? o.List("index", n => IndexName(c, n)) : ["index.html"],
            Try = tries,
            Browse = o.Boolean("browse", fallback: false),
            Precompressed = o.Values("precompressed", n => ScalarReader.Word(c, n, CompressBinder.Codings)),
        };
        return root is null ? null : c.Written(files);
    }

    private static string? IndexName(BindingContext c, SyntaxNode node)
    {
        string? name = ScalarReader.Text(c, node, "a file's name");
        if (name is null || (name.Length > 0 && !name.Contains('/', StringComparison.Ordinal) && name is not ("." or "..")))
        {
            return name;
        }

        c.Diagnostics.Report(ValueRules.BadValue, node.Span, $"'{name}' is no name of a file in a directory");
        return null;
    }

    private static TextTemplate? TryPath(BindingContext c, SyntaxNode node)
    {
        if (TemplateReader.Bind(c, node, header: false) is not { } template)
        {
            return null;
        }

        bool starts = template.Parts is [{ Literal: null, Placeholder: Placeholder.Path }, ..] or [{ Literal: ['/', ..] }, ..];
        bool known = template.Parts.All(p => p.Literal is { } text ? !text.Split('/').Contains("..") : p.Placeholder == Placeholder.Path);
        if (starts && known)
        {
            return template;
        }

        c.Diagnostics.Report(PathText.BadPath, node.Span, $"'{template}' is no path below the root", "it starts with '/' or '{path}', has no '..', and '{path}' is its only placeholder");
        return null;
    }
}

using Confgen.Compiler.Schema;
using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;
using Confgen.Model.Guards;

namespace Confgen.Compiler.Binding.Guards;

/// <summary>Binds cross-origin resource sharing.</summary>
internal static class CorsBinder
{
    public static readonly Rule BadOrigin = new("CFG0126", "bad-origin", Severity.Error, "Invalid origin")
    {
        Why = "An origin is a scheme, a host and perhaps a port, without a path: `https://app.example.com`. `*` stands for all.",
        Bad = "sites:\n  - host: a.example.com\n    proxy: http://127.0.0.1:3000\n    cors: { origins: [app.example.com/] }\n",
        Good = "sites:\n  - host: a.example.com\n    proxy: http://127.0.0.1:3000\n    cors: { origins: [\"https://app.example.com\"] }\n",
    };

    public static readonly Rule AnyOriginWithCredentials = new("CFG0127", "cors-any-origin-with-credentials", Severity.Error, "CORS for every origin, with credentials")
    {
        Why = "Any web page could act as the signed-in user. Browsers refuse the literal `*` with credentials for that reason, and echoing the origin instead is worse. List the origins.",
        Bad = "sites:\n  - host: a.example.com\n    proxy: http://127.0.0.1:3000\n    cors: { origins: [\"*\"], credentials: true }\n",
        Good = "sites:\n  - host: a.example.com\n    proxy: http://127.0.0.1:3000\n    cors: { origins: [\"https://app.example.com\"], credentials: true }\n",
    };

    public static readonly ObjectSchema Schema = new(
        "cors",
        "Cross-origin resource sharing (the Fetch standard): preflights are answered by the proxy with 204.",
        new("origins", new TypeSchema.ListOf(TypeSchema.Origin, AllowSingle: true) { NotEmpty = true }, "Origins that may, as `https://app.example.com`; `*` for all.") { Required = true, Example = "[https://app.example.com]" },
        new("methods", new TypeSchema.ListOf(TypeSchema.Method, AllowSingle: true), "Methods that a preflight allows.") { Default = "[GET, HEAD, POST]" },
        new("headers", new TypeSchema.ListOf(TypeSchema.HeaderName, AllowSingle: true), "Request headers that a preflight allows.") { Example = "[Content-Type]" },
        new("expose_headers", new TypeSchema.ListOf(TypeSchema.HeaderName, AllowSingle: true), "Response headers that scripts may read."),
        new("credentials", TypeSchema.Boolean, "Whether cookies and credentials may be sent.") { Default = "false" },
        new("max_age", TypeSchema.Duration, "How long a browser may keep a preflight's answer.") { Example = "1h" });

    public static Cors Bind(BindingContext c, SyntaxNode node)
    {
        ObjectReader o = ObjectReader.Open(c, node, Schema);
        o.NotEmpty("origins", "list the origins that may, or remove 'cors'");
        var cors = new Cors
        {
            At = o.Source,
            Origins = o.List("origins", n => Origin(c, n)),
            Methods = o.Has("methods") ? o.List("methods", n => HeaderNames.Token(c, n, "a method")) : new Cors().Methods,
            Headers = o.List("headers", n => HeaderNames.Token(c, n, "a header's name")),
            ExposeHeaders = o.List("expose_headers", n => HeaderNames.Token(c, n, "a header's name")),
            Credentials = o.Boolean("credentials", fallback: false),
            MaxAge = o.Duration("max_age", TimeSpan.FromSeconds(1)),
        };
        if (cors is { AnyOrigin: true, Credentials: true })
        {
            c.Diagnostics.Report(AnyOriginWithCredentials, o.Get("origins")?.Span ?? node.Span, "every origin, with credentials", "list the origins that may");
        }

        return c.Written(cors);
    }

    private static string? Origin(BindingContext c, SyntaxNode node)
    {
        if (ScalarReader.Text(c, node, "an origin") is not { } text)
        {
            return null;
        }

        bool good = text == "*" || (Uri.TryCreate(text, UriKind.Absolute, out Uri? uri)
            && uri.Host.Length > 0 && text == uri.Scheme + "://" + uri.Authority);
        if (good)
        {
            return text;
        }

        string trimmed = (text.Contains("://", StringComparison.Ordinal) ? text : "https://" + text).ToLowerInvariant();
        string? meant = Uri.TryCreate(trimmed, UriKind.Absolute, out Uri? near) && near.PathAndQuery == "/" && near.Host.Contains('.', StringComparison.Ordinal) && !text.Contains('*', StringComparison.Ordinal) ? near.Scheme + "://" + near.Authority : null;
        c.Diagnostics.Report(BadOrigin, node.Span, $"invalid origin '{text}'", meant is null ? new Advice("as https://app.example.com, without a path or a trailing '/', in lower case") : Advice.Replace(node.Span, meant));
        return null;
    }
}

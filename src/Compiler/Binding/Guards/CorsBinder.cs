using Confgen.Compiler.Language;
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

    public static readonly Rule AnyOriginWithCredentials = new(
        "CFG0127",
        "cors-any-origin-with-credentials",
        Severity.Error,
        "CORS for every origin, with credentials"
    )
    {
        Why =
            "Any web page could act as the signed-in user. Browsers refuse the literal `*` with credentials for that reason, and echoing "
            + "the origin instead is worse. List the origins.",
        Bad = "sites:\n  - host: a.example.com\n    proxy: http://127.0.0.1:3000\n    cors: { origins: [\"*\"], credentials: true }\n",
        Good =
            "sites:\n  - host: a.example.com\n    proxy: http://127.0.0.1:3000\n"
            + "    cors: { origins: [\"https://app.example.com\"], credentials: true }\n",
    };

    public static Cors Bind(BindingContext c, SyntaxNode node)
    {
        ObjectReader o = ObjectReader.Open(c, node, CorsFields.Schema);
        o.NotEmpty(CorsFields.Origins, "list the origins that may, or remove 'cors'");
        var cors = new Cors
        {
            At = o.Source,
            Origins = o.List(CorsFields.Origins, n => Origin(c, n)),
            Methods = o.Has(CorsFields.Methods) ? o.List(CorsFields.Methods, n => HeaderNames.Token(c, n, "a method")) : new Cors().Methods,
            Headers = o.List(CorsFields.Headers, n => HeaderNames.Token(c, n, "a header's name")),
            ExposeHeaders = o.List(CorsFields.ExposeHeaders, n => HeaderNames.Token(c, n, "a header's name")),
            Credentials = o.Read(CorsFields.Credentials),
            MaxAge = o.Find(CorsFields.MaxAge),
        };
        if (cors is { AnyOrigin: true, Credentials: true })
        {
            c.Diagnostics.Report(
                AnyOriginWithCredentials,
                o.Get(CorsFields.Origins)?.Span ?? node.Span,
                "every origin, with credentials",
                "list the origins that may"
            );
        }

        return c.Written(cors);
    }

    private static string? Origin(BindingContext c, SyntaxNode node)
    {
        if (ScalarReader.Text(c, node, "an origin") is not { } text)
        {
            return null;
        }

        bool good =
            text == "*"
            || (Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Host.Length > 0 && text == uri.Scheme + "://" + uri.Authority);
        if (good)
        {
            return text;
        }

        string trimmed = (text.Contains("://", StringComparison.Ordinal) ? text : "https://" + text).ToLowerInvariant();
        string? meant =
            Uri.TryCreate(trimmed, UriKind.Absolute, out Uri? near)
            && near.PathAndQuery == "/"
            && near.Host.Contains('.', StringComparison.Ordinal)
            && !text.Contains('*', StringComparison.Ordinal)
                ? near.Scheme + "://" + near.Authority
                : null;
        c.Diagnostics.Report(
            BadOrigin,
            node.Span,
            $"invalid origin '{text}'",
            meant is null
                ? new Advice("as https://app.example.com, without a path or a trailing '/', in lower case")
                : Advice.Replace(node.Span, meant)
        );
        return null;
    }
}

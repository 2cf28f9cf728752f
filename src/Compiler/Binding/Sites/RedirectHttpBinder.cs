using Confgen.Compiler.Language;
using Confgen.Compiler.Syntax;
using Confgen.Model.Sites;

namespace Confgen.Compiler.Binding.Sites;

/// <summary>Binds the redirect from plain HTTP: a boolean, a status or a map.</summary>
internal static class RedirectHttpBinder
{
    /// <summary>The redirect; null where there is none, as in a site without TLS, which the caller reports.</summary>
    public static HttpsRedirect? Bind(BindingContext c, SyntaxNode? node, bool hasTls) => hasTls ? Bind(c, node) : null;

    private static HttpsRedirect? Bind(BindingContext c, SyntaxNode? node) =>
        node switch
        {
            null => new HttpsRedirect(),
            MapSyntax map => BindMap(c, map),
            ScalarSyntax { Value: "true" or "yes" or "on" } => new HttpsRedirect(),
            ScalarSyntax { Value: "false" or "no" or "off" } => null,
            _ => ScalarReader.Word(c, node, [("true", 308), ("false", 0), .. RedirectHttpFields.Status.Words]) is { } status
                ? c.Written(
                    new HttpsRedirect
                    {
                        At = ObjectReader.OfShort(node, RedirectHttpFields.Schema, RedirectHttpFields.Status),
                        Status = status,
                    }
                )
                : null,
        };

    private static HttpsRedirect BindMap(BindingContext c, MapSyntax map)
    {
        ObjectReader o = ObjectReader.Open(c, map, RedirectHttpFields.Schema);
        return c.Written(
            new HttpsRedirect
            {
                At = o.Source,
                Port = o.Read(RedirectHttpFields.Port),
                Status = o.Read(RedirectHttpFields.Status),
            }
        );
    }
}

using Confgen.Compiler.Schema;
using Confgen.Compiler.Syntax;
using Confgen.Model.Sites;

namespace Confgen.Compiler.Binding.Sites;

/// <summary>Binds the redirect from plain HTTP: a boolean, a status or a map.</summary>
internal static class RedirectHttpBinder
{
    public static readonly ObjectSchema Schema = new(
        "redirect_http",
        "How plain HTTP requests are sent to https.",
        new("port", TypeSchema.Integer, "The plain port.") { Default = "80" },
        new("status", new TypeSchema.Choice("301", "302", "307", "308"), "The status; 307 and 308 keep the method.") { Default = "308" });

    public static readonly TypeSchema Type = new TypeSchema.AnyOf(
        TypeSchema.Boolean, new TypeSchema.Choice("301", "302", "307", "308"), new TypeSchema.Fields(() => Schema));

    private static readonly (string, int)[] _statuses = [("301", 301), ("302", 302), ("307", 307), ("308", 308)];

    /// <summary>The redirect; null where there is none, as in a site without TLS, which the caller reports.</summary>
    public static HttpsRedirect? Bind(BindingContext c, SyntaxNode? node, bool hasTls) => hasTls ? Bind(c, node) : null;

    private static HttpsRedirect? Bind(BindingContext c, SyntaxNode? node) => node switch
    {
        null => new HttpsRedirect(),
        MapSyntax map => BindMap(c, map),
        ScalarSyntax { Value: "true" or "yes" or "on" } => new HttpsRedirect(),
        ScalarSyntax { Value: "false" or "no" or "off" } => null,
        _ => ScalarReader.Word(c, node, [("true", 308), ("false", 0), .. _statuses]) is { } status ? c.Written(new HttpsRedirect { At = ObjectReader.OfShort(node, Schema, "status"), Status = status }) : null,
    };

    private static HttpsRedirect BindMap(BindingContext c, MapSyntax map)
    {
        ObjectReader o = ObjectReader.Open(c, map, Schema);
        return c.Written(new HttpsRedirect { At = o.Source, Port = o.Integer("port", 80, 1, 65535), Status = o.Word("status", 308, _statuses) });
    }
}

using Confgen.Compiler.Schema;
using Confgen.Model.Routes;

namespace Confgen.Compiler.Language;

/// <summary>The fields of <c>rewrite_response</c>.</summary>
public static class RewriteResponseFields
{
    private static readonly TypeSchema _auto = new TypeSchema.Choice(ResponseRewrite.Auto);

    public static readonly Field Location = new(
        "location",
        new TypeSchema.AnyOf(_auto, new TypeSchema.MapOf("prefix", TypeSchema.Template)),
        "Of the URLs in Location and Refresh: `auto`, or prefixes and what takes their place, the first one that matches. `{scheme}` and "
            + "`{host}` are replaced."
    )
    {
        Example = "{ \"http://\": \"{scheme}://\" }",
    };

    public static readonly Field CookiePath = new(
        "cookie_path",
        new TypeSchema.AnyOf(_auto, new TypeSchema.MapOf("prefix", TypeSchema.Text)),
        "Of the paths of cookies: `auto`, or prefixes and what takes their place, the first one that matches."
    )
    {
        Example = "{ /: /app/ }",
    };

    public static readonly Field CookieDomain = new(
        "cookie_domain",
        new TypeSchema.MapOf("domain", TypeSchema.Template),
        "Of the domains of cookies: whole domains and what takes their place; `{host}` is replaced."
    )
    {
        Example = "{ app.internal: \"{host}\" }",
    };

    public static readonly ObjectSchema Schema = new(
        "rewrite_response",
        "How addresses in the upstream's response become the client's.",
        Location,
        CookiePath,
        CookieDomain
    );
}

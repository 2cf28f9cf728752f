using Confgen.Compiler.Schema;

namespace Confgen.Compiler.Language;

/// <summary>The fields of <c>raw</c>: one for each program whose grammar is read, by its target's name.</summary>
public static class RawFields
{
    public static readonly Field Nginx = new(
        "nginx",
        TypeSchema.Text,
        "Directives for nginx: of `http` at the root, of `server` in a site, of the `location` that does a route's work in a route."
    )
    {
        Example = "sub_filter_once off;",
    };

    public static readonly Field Caddy = new(
        "caddy",
        TypeSchema.Text,
        "Lines for Caddy: global options at the root, directives of the site in a site, of the route's block in a route."
    )
    {
        Example = "templates",
    };

    public static readonly ObjectSchema Schema = new(
        "raw",
        "Lines in a program's own language, for what a spec can't say. Other programs don't have what they do, and no test sees it.",
        Nginx,
        Caddy
    );
}

using Confgen.Compiler.Schema;

namespace Confgen.Compiler.Language;

/// <summary>The fields of <c>files</c>.</summary>
public static class FilesFields
{
    public static readonly Field Root = new("root", TypeSchema.Path, "The directory; no file outside is ever served.")
    {
        Required = true,
        Example = "/var/www/html",
    };

    public static readonly Field Index = new(
        "index",
        new TypeSchema.ListOf(TypeSchema.Text, AllowSingle: true),
        "Names tried in a directory."
    )
    {
        Default = "[index.html]",
    };

    public static readonly Field Try = new(
        "try",
        new TypeSchema.ListOf(TypeSchema.Template),
        "Paths below the root that are tried in turn; `{path}` is the request's."
    )
    {
        Example = "[ \"{path}\", \"/index.html\" ]",
    };

    public static readonly BooleanField Browse = new("browse", "Whether a directory without an index is listed.", false);

    public static readonly Field Precompressed = new(
        "precompressed",
        SiteFields.Compress.Type,
        "Codings for which a file with the suffix beside the asked one is sent instead."
    )
    {
        Example = "[br, gzip]",
    };

    public static readonly ObjectSchema Schema = new(
        "files",
        "Files of a directory are served, to GET and HEAD. The whole path is looked up below the root, unless the route "
            + "says `strip_prefix`.",
        Root,
        Index,
        Try,
        Browse,
        Precompressed
    );
}

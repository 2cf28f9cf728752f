using Confgen.Compiler.Schema;

namespace Confgen.Compiler.Language;

/// <summary>The fields of <c>files_first</c>.</summary>
public static class FilesFirstFields
{
    public static readonly Field Root = new("root", TypeSchema.Path, "The directory; no file outside is ever served.")
    {
        Required = true,
        Example = "/srv/app/public",
    };

    public static readonly Field Try = new(
        "try",
        new TypeSchema.ListOf(TypeSchema.Template),
        "Files below the root that are looked for in turn; `{path}` is the request's."
    )
    {
        Default = "[ \"{path}\" ]",
        Example = "[ \"{path}/index.html\", \"{path}.html\", \"{path}\" ]",
    };

    public static readonly Field Precompressed = new("precompressed", FilesFields.Precompressed.Type, FilesFields.Precompressed.Doc)
    {
        Example = "[br, gzip]",
    };

    public static readonly ObjectSchema Schema = new(
        "files_first",
        "Files that GET and HEAD get where they are there; all other requests go to the upstream. The whole path is looked up below the "
            + "root, unless the route says `strip_prefix`. A directory is no file: an index is one of `try`.",
        Root,
        Try,
        Precompressed
    );
}

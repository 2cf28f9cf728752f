using Confgen.Compiler.Schema;

namespace Confgen.Compiler.Language;

/// <summary>The fields of <c>redirect</c>.</summary>
public static class RedirectFields
{
    public static readonly Field To = new("to", TypeSchema.Template, "The Location; `{uri}` is the raw target.")
    {
        Required = true,
        Example = "https://new.example.com{uri}",
    };

    public static readonly WordField<int> Status = new(
        "status",
        "The status.",
        308,
        [("301", 301), ("302", 302), ("303", 303), ("307", 307), ("308", 308)]
    );

    public static readonly ObjectSchema Schema = new("redirect", "The client is sent elsewhere.", To, Status);
}

using Confgen.Compiler.Schema;

namespace Confgen.Compiler.Language;

/// <summary>The fields of <c>rewrite</c>.</summary>
public static class RewriteFields
{
    public static readonly Field Regex = new("regex", TypeSchema.Regex, "What is replaced.") { Required = true, Example = "^/v1/(.*)" };

    public static readonly Field To = new("to", TypeSchema.Text, "What it is replaced by; `$1` is the first group.")
    {
        Required = true,
        Example = "/v2/$1",
    };

    public static readonly ObjectSchema Schema = new(
        "rewrite",
        "The first match of a regex in the raw path is replaced; the query stays.",
        Regex,
        To
    );
}

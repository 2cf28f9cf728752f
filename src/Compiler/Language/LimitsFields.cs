using Confgen.Compiler.Schema;
using Confgen.Model.Sites;

namespace Confgen.Compiler.Language;

/// <summary>The fields of <c>limits</c>.</summary>
public static class LimitsFields
{
    public static readonly SizeField Head = new(
        "head",
        "Longest request head, the request line included; over it 431 or 414.",
        Limits.DefaultHead,
        1024
    );

    public static readonly ObjectSchema Schema = new("limits", "Limits on what is read from a client.", Head);
}

using Confgen.Compiler.Schema;

namespace Confgen.Compiler.Language;

/// <summary>The fields of <c>headers.rules</c>.</summary>
public static class HeaderRulesFields
{
    public static readonly WordField<bool> On = new(
        "on",
        "The responses that the rules hold for: `always`, errors included, or `success`: 2xx, 304 and redirects alone.",
        false,
        [("always", false), ("success", true)]
    );

    public static readonly Field Set = new(
        "set",
        new TypeSchema.MapOf("header name", TypeSchema.Template),
        "Replaces every line of the name."
    )
    {
        Example = "{ X-Frame-Options: DENY }",
    };

    public static readonly Field Add = new(
        "add",
        new TypeSchema.MapOf("header name", new TypeSchema.ListOf(TypeSchema.Template, AllowSingle: true)),
        "Appends a further line."
    )
    {
        Example = "{ Vary: Accept-Language }",
    };

    public static readonly Field Remove = new(
        "remove",
        new TypeSchema.ListOf(TypeSchema.HeaderName, AllowSingle: true),
        "Removes every line of the name."
    )
    {
        Example = "[Server, X-Powered-By]",
    };

    public static readonly ObjectSchema Schema = new(
        "headers.rules",
        "Header rules in one direction. First the removals, then what is set, then what is added.",
        On,
        Set,
        Add,
        Remove
    )
    {
        HasNoOwnKeys = true,
    };
}

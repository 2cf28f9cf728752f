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

    /// <summary>Fields that frame a message or belong to one connection, so that no rule may change them; in lower case.</summary>
    public static readonly IReadOnlyList<string> Managed =
    [
        "connection",
        "content-length",
        "transfer-encoding",
        "upgrade",
        "keep-alive",
        "proxy-connection",
        "te",
        "trailer",
        "http2-settings",
    ];

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
        Refuses = [Names(Managed)],
    };

    /// <summary>What writes a header by a field of its own and by a rule for responses.</summary>
    internal static Shape Twice(string field, params string[] names)
    {
        var key = new Shape.WithKeyLike(Shape.AnyCase(names));
        var rules = new Shape.OneOf(new Shape.With("set", key), new Shape.With("add", key));
        return new Shape.All(
            new Shape.With(field, new Shape.Not(new Shape.Word("off", "false", "no"))),
            new Shape.With("headers", new Shape.With("response", rules))
        );
    }

    /// <summary>Rules about a header of one of the names.</summary>
    internal static Shape Names(IReadOnlyList<string> names)
    {
        var key = new Shape.WithKeyLike(Shape.AnyCase(names));
        return new Shape.OneOf(
            new Shape.With("set", key),
            new Shape.With("add", key),
            new Shape.With("remove", new Shape.Some(new Shape.Text(Shape.AnyCase(names))))
        );
    }
}

using Confgen.Compiler.Schema;

namespace Confgen.Compiler.Language;

/// <summary>The fields of <c>cors</c>.</summary>
public static class CorsFields
{
    public static readonly Field Origins = new(
        "origins",
        new TypeSchema.ListOf(TypeSchema.Origin, AllowSingle: true) { NotEmpty = true },
        "Origins that may, as `https://app.example.com`; `*` for all."
    )
    {
        Required = true,
        Example = "[https://app.example.com]",
    };

    public static readonly Field Methods = new(
        "methods",
        new TypeSchema.ListOf(TypeSchema.Method, AllowSingle: true),
        "Methods that a preflight allows."
    )
    {
        Default = "[GET, HEAD, POST]",
    };

    public static readonly Field Headers = new(
        "headers",
        new TypeSchema.ListOf(TypeSchema.HeaderName, AllowSingle: true),
        "Request headers that a preflight allows."
    )
    {
        Example = "[Content-Type]",
    };

    public static readonly Field ExposeHeaders = new(
        "expose_headers",
        new TypeSchema.ListOf(TypeSchema.HeaderName, AllowSingle: true),
        "Response headers that scripts may read."
    );

    public static readonly BooleanField Credentials = new("credentials", "Whether cookies and credentials may be sent.", false);

    public static readonly DurationField MaxAge = new(
        "max_age",
        "How long a browser may keep a preflight's response.",
        null,
        TimeSpan.FromSeconds(1)
    )
    {
        Example = "1h",
    };

    public static readonly ObjectSchema Schema = new(
        "cors",
        "Cross-origin resource sharing (the Fetch standard): preflights are answered by the proxy with 204.",
        Origins,
        Methods,
        Headers,
        ExposeHeaders,
        Credentials,
        MaxAge
    )
    {
        Refuses =
        [
            new Shape.All(new Shape.With("origins", new Shape.Some(new Shape.Word("*"))), new Shape.With("credentials", Shape.True)),
        ],
    };
}

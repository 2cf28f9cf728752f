using Confgen.Compiler.Schema;

namespace Confgen.Compiler.Language;

/// <summary>The fields of <c>test</c>.</summary>
public static class TestFields
{
    private static readonly TypeSchema _headers = new TypeSchema.MapOf("header name", TypeSchema.Text);

    /// <summary>The fields that name a method, with a URL as their value.</summary>
    public static readonly IReadOnlyList<Field> Methods =
    [
        .. new[] { "get", "head", "post", "put", "patch", "delete", "options" }.Select(method => new Field(
            method,
            TypeSchema.Text,
            $"The URL of a {method.ToUpperInvariant()} request."
        )),
    ];

    public static readonly Field Request = new("request", TypeSchema.Text, "The URL of a request with another method.");

    public static readonly TextField Method = new("method", "The method for `request`.", "GET");

    public static readonly Field Headers = new("headers", _headers, "Request headers.");

    public static readonly Field From = new("from", new TypeSchema.Scalar("address"), "The client's address.")
    {
        Default = "a public one",
        Example = "192.0.2.7",
    };

    public static readonly Field Body = new("body", TypeSchema.Text, "The request's body.");

    public static readonly Field Expect = new("expect", new TypeSchema.Fields(() => ExpectFields.Schema), "What is expected.")
    {
        Required = true,
    };

    public static readonly ObjectSchema Schema = new(
        "test",
        "A request, and what its author expects of it. `confgen test` runs it on the model and on real programs.",
        [.. Methods, Request, Method, Headers, From, Body, Expect]
    )
    {
        OneIsRequired = [.. Methods.Select(m => m.Name), "request"],
    };
}

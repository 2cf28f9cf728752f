using Confgen.Compiler.Schema;

namespace Confgen.Compiler.Language;

/// <summary>The fields of <c>expect</c>.</summary>
public static class ExpectFields
{
    private static readonly TypeSchema _headers = new TypeSchema.MapOf("header name", TypeSchema.Text);

    public static readonly IntegerField Status = new(
        "status",
        "The status that the client gets. A stand-in upstream responds with 200.",
        null,
        100,
        599
    );

    public static readonly Field Upstream = new("upstream", TypeSchema.Text, "The upstream's name or URL.");

    public static readonly Field Target = new("target", TypeSchema.Text, "The raw target at the upstream.") { Example = "/users" };

    public static readonly Field Route = new("route", TypeSchema.Text, "The `path`, `exact` or `regex` of the route that responds.")
    {
        Example = "/api",
    };

    public static readonly Field Location = new("location", TypeSchema.Text, "The Location of a redirect.");

    public static readonly Field Headers = new("headers", _headers, "Headers of the response; an empty value asserts absence.");

    public static readonly Field UpstreamHeaders = new(
        "upstream_headers",
        _headers,
        "Headers at the upstream; an empty value asserts absence."
    );

    public static readonly ObjectSchema Schema = new(
        "expect",
        "What is expected; what is left out is not checked.",
        Status,
        Upstream,
        Target,
        Route,
        Location,
        Headers,
        UpstreamHeaders
    );
}

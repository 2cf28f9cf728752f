using Confgen.Compiler.Schema;

namespace Confgen.Compiler.Language;

/// <summary>The fields of <c>match</c>.</summary>
public static class MatchFields
{
    public static readonly Field Method = new(
        "method",
        new TypeSchema.ListOf(TypeSchema.Method, AllowSingle: true),
        "One of these methods."
    )
    {
        Example = "[GET, POST]",
    };

    public static readonly Field Header = new(
        "header",
        new TypeSchema.MapOf("header name", ConditionFields.Type),
        "Each of these headers has a line that matches the glob or the regex."
    )
    {
        Example = "{ X-Version: \"2*\" }",
    };

    public static readonly Field Query = new(
        "query",
        new TypeSchema.MapOf("parameter name", ConditionFields.Type),
        "Each of these parameters occurs with a value that matches the glob or the regex; raw bytes, names with their case."
    )
    {
        Example = "{ beta: \"1\" }",
    };

    public static readonly Field Cookie = new(
        "cookie",
        new TypeSchema.MapOf("cookie name", ConditionFields.Type),
        "Each of these cookies occurs with a value that matches the glob or the regex; raw bytes, names with their case, in any field."
    )
    {
        Example = "{ canary: \"1\" }",
    };

    public static readonly Field Client = new(
        "client",
        new TypeSchema.ListOf(TypeSchema.Cidr, AllowSingle: true) { NotEmpty = true },
        "One of these networks has the client's address, after `trusted_proxies`, as in `allow`. Other clients go on to the next route: to "
            + "refuse them write `allow`."
    )
    {
        Example = "[10.0.0.0/8, \"::1\"]",
    };

    public static readonly Field Not = new(
        "not",
        new TypeSchema.ListOf(new TypeSchema.Fields(() => NotFields.Schema), AllowSingle: true),
        "Conditions that may not all hold at once; of a list of such maps, none may hold. The route is passed over for requests that meet "
            + "all conditions of one of the maps."
    )
    {
        Example = "{ header: { X-Internal: \"*\" } }",
    };

    public static readonly ObjectSchema Schema = new(
        "match",
        "Conditions beside the path; all must hold, or the route is passed over.",
        Method,
        Header,
        Query,
        Cookie,
        Client,
        Not
    );
}

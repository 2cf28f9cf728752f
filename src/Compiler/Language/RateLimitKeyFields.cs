using Confgen.Compiler.Schema;

namespace Confgen.Compiler.Language;

/// <summary>The fields of <c>rate_limit.key</c>.</summary>
public static class RateLimitKeyFields
{
    public static readonly Field Header = new("header", TypeSchema.HeaderName, "A request header; requests without it share one count.")
    {
        Required = true,
        Example = "X-Api-Key",
    };

    public static readonly ObjectSchema Schema = new("rate_limit.key", "What is counted by.", Header);
}

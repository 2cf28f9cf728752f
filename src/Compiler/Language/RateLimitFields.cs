using Confgen.Compiler.Schema;

namespace Confgen.Compiler.Language;

/// <summary>The fields of <c>rate_limit</c>.</summary>
public static class RateLimitFields
{
    public static readonly Field Rate = new("rate", new TypeSchema.Scalar("rate", "^[0-9]+/(s|m|h)$"), "The sustained rate.")
    {
        Required = true,
        Example = "10/s",
    };

    public static readonly IntegerField Burst = new("burst", "How many may come early: `burst` + 1 pass at once.", 0, 0, 1_000_000);

    public static readonly Field Key = new(
        "key",
        new TypeSchema.AnyOf(new TypeSchema.Choice("client_ip"), new TypeSchema.Fields(() => RateLimitKeyFields.Schema)),
        "What is counted by: the client's address, or a header."
    )
    {
        Default = "client_ip",
    };

    public static readonly ObjectSchema Schema = new("rate_limit", "Requests allowed for each key, as a leaky bucket.", Rate, Burst, Key);
}

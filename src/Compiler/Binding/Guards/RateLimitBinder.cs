using Confgen.Compiler.Binding.Advising;
using Confgen.Compiler.Schema;
using Confgen.Compiler.Syntax;
using Confgen.Model.Diagnostics;
using Confgen.Model.Guards;
using Confgen.Model.Units;

namespace Confgen.Compiler.Binding.Guards;

/// <summary>Binds a rate limit.</summary>
internal static class RateLimitBinder
{
    public static readonly Rule BadRate = new("CFG0124", "bad-rate", Severity.Error, "Invalid rate")
    {
        Why = "A rate is a number of requests in a second, a minute or an hour: `10/s`, `600/m`, `1000/h`.",
        Bad = "sites:\n  - host: a.example.com\n    proxy: http://127.0.0.1:3000\n    rate_limit: { rate: fast }\n",
        Good = "sites:\n  - host: a.example.com\n    proxy: http://127.0.0.1:3000\n    rate_limit: { rate: 10/s, burst: 20 }\n",
    };

    public static readonly ObjectSchema Key = new(
        "rate_limit.key",
        "What is counted by.",
        new FieldSchema("header", TypeSchema.HeaderName, "A request header; requests without it share one count.") { Required = true, Example = "X-Api-Key" });

    public static readonly ObjectSchema Schema = new(
        "rate_limit",
        "Requests allowed for each key, as a leaky bucket.",
        new("rate", new TypeSchema.Scalar("rate", "^[0-9]+/(s|m|h)$"), "The sustained rate.") { Required = true, Example = "10/s" },
        new("burst", TypeSchema.Integer, "How many may come early: `burst` + 1 pass at once.") { Default = "0" },
        new("key", new TypeSchema.AnyOf(new TypeSchema.Choice("client_ip"), new TypeSchema.Fields(() => Key)), "What is counted by: the client's address, or a header.") { Default = "client_ip" });

    public static RateLimit? Bind(BindingContext c, SyntaxNode node)
    {
        ObjectReader o = ObjectReader.Open(c, node, Schema);
        RequestRate? rate = null;
        if (o.Get("rate") is { } text && ScalarReader.Text(c, text, "a rate as 10/s") is { } written)
        {
            if (!RequestRate.TryParse(written, out RequestRate parsed, out string? problem))
            {
                ScalarReader.Refuse(c, BadRate, text.Span, problem, ValueSuggestions.Rate(written));
            }
            else
            {
                rate = parsed;
            }
        }

        int burst = o.Integer("burst", 0, 0, 1_000_000);
        string? header = null;
        if (o.Get("key") is MapSyntax map)
        {
            header = HeaderNames.Token(c, ObjectReader.Open(c, map, Key).Get("header"), "a header's name");
        }
        else
        {
            o.Word("key", fallback: true, [("client_ip", true)]);
        }

        return rate is null ? null : c.Written(new RateLimit { At = o.Source, Rate = rate.Value, Burst = burst, KeyHeader = header });
    }
}

using Confgen.Compiler.Binding.Advising;
using Confgen.Compiler.Language;
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

    public static RateLimit? Bind(BindingContext c, SyntaxNode node)
    {
        ObjectReader o = ObjectReader.Open(c, node, RateLimitFields.Schema);
        RequestRate? rate = null;
        if (o.Get(RateLimitFields.Rate) is { } text && ScalarReader.Text(c, text, "a rate as 10/s") is { } written)
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

        int burst = o.Read(RateLimitFields.Burst);
        string? header = null;
        if (o.Get(RateLimitFields.Key) is MapSyntax map)
        {
            ObjectReader key = ObjectReader.Open(c, map, RateLimitKeyFields.Schema);
            c.Written(new WrittenFields { At = key.Source });
            header = HeaderNames.Token(c, key.Get(RateLimitKeyFields.Header), "a header's name");
        }
        else
        {
            o.Word(RateLimitFields.Key, fallback: true, [("client_ip", true)], Key);
        }

        // A name of nginx for the client's address, or the name of a header.
        static string? Key(string word) =>
            word is "$binary_remote_addr" or "$remote_addr" or "ip" or "client" or "remote_addr" or "remote_ip" ? "client_ip"
            : word.Contains('-', StringComparison.Ordinal) && HeaderNames.IsToken(word) ? $"{{ header: {word} }}"
            : null;

        return rate is null
            ? null
            : c.Written(
                new RateLimit
                {
                    At = o.Source,
                    Rate = rate.Value,
                    Burst = burst,
                    KeyHeader = header,
                }
            );
    }
}

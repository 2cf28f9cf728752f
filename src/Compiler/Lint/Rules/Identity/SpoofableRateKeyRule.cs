using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;

namespace Confgen.Compiler.Lint.Rules.Identity;

/// <summary>A client that chooses its key has no limit.</summary>
internal sealed class SpoofableRateKeyRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0311",
        "spoofable-rate-key",
        Severity.Warning,
        "A rate limit by a header that clients make up"
    )
    {
        Why =
            "Requests are counted for each value of the header. One that a client can change at will, as `X-Forwarded-For` or "
            + "`User-Agent`, gives it a fresh count with every request. Count by `client_ip`, which with `trusted_proxies` is the address "
            + "behind the proxies in front; or by a header that the upstream checks, as an API key.",
        Bad = """
            sites:
              - host: a.example.com
                proxy: http://127.0.0.1:3000
                rate_limit: { rate: 10/s, burst: 20, key: { header: X-Forwarded-For } }

            """,
        Good = """
            sites:
              - host: a.example.com
                proxy: http://127.0.0.1:3000
                rate_limit: { rate: 10/s, burst: 20, key: client_ip }

            """,
    };

    private static readonly string[] _madeUp =
    [
        "X-Forwarded-For",
        "X-Real-IP",
        "Forwarded",
        "X-Client-IP",
        "X-Cluster-Client-IP",
        "True-Client-IP",
        "CF-Connecting-IP",
        "Fastly-Client-IP",
        "X-Originating-IP",
        "X-Remote-Addr",
        "X-Forwarded-Host",
        "X-Forwarded-Proto",
        "Host",
        "Via",
        "User-Agent",
        "Referer",
        "Origin",
        "Accept",
        "Accept-Language",
        "Accept-Encoding",
        "X-Request-ID",
        "X-Correlation-ID",
    ];

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach ((_, Route route) in spec.Routes())
        {
            if (route.RateLimit is { KeyHeader: { } header } limit && _madeUp.Contains(header, StringComparer.OrdinalIgnoreCase))
            {
                context.Report(
                    limit.At.Of(RateLimitFields.Key),
                    $"a client that changes '{header}' with each request has no limit",
                    "leave 'key' out to count by the client's address, behind 'trusted_proxies' if there are any"
                );
            }
        }
    }
}

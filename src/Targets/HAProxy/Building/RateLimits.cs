using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model.Guards;

namespace Confgen.Targets.HAProxy.Building;

/// <summary>
/// A leaky bucket in a stick table: of each key it keeps when the bucket will be empty, which is now for one that is unknown. A request
/// that passes puts that off by the time in which one is allowed.
/// </summary>
internal static class RateLimits
{
    // A table's tag has 32 bits: times are compared around the clock, and what is more than half of it away is over.
    private const long Around = 1L << 32;

    private static readonly TimeSpan _longestInMicroseconds = TimeSpan.FromMinutes(30);

    /// <summary>The table, as an option.</summary>
    public static string Table(RateLimit rate)
    {
        string key = rate.KeyHeader is null ? "ipv6" : "binary len 20";
        return $"stick-table type {key} size 100k expire {HAProxyUnits.Time(Patience(rate) + TimeSpan.FromSeconds(1))} store gpt0";
    }

    /// <summary>What finds out how long it is until the bucket is empty.</summary>
    public static IEnumerable<string> Request(HAProxyTexts texts, RateLimit rate)
    {
        if (rate.KeyHeader is { } header)
        {
            // Requests without it share one count.
            string name = texts.Argument(header, rate.At.Of(RateLimitFields.Key));
            yield return "http-request set-var(txn.rate_key) str(-),sha1";
            yield return $"http-request set-var(txn.rate_key) req.fhdr({name}),sha1 if {{ req.fhdr({name}) -m found }}";
        }

        yield return $"http-request track-sc0 var(txn.{(rate.KeyHeader is null ? "client" : "rate_key")})";
        yield return string.Create(null, $"http-request set-var(txn.now) date(0,{Unit(rate)}),mod({Around})");
        yield return string.Create(null, $"http-request set-var(txn.wait) sc0_get_gpt0,sub(txn.now),add({Around}),mod({Around})");
        yield return string.Create(null, $"http-request set-var(txn.wait) int(0) if {{ var(txn.wait) -m int gt {Around / 2} }}");
    }

    /// <summary>When a request is over the rate.</summary>
    public static string Exceeded(RateLimit rate) =>
        string.Create(null, $"if {{ var(txn.wait) -m int gt {Ticks(rate, rate.Rate.Interval * rate.Burst)} }}");

    /// <summary>What counts one that passes.</summary>
    public static string Count(RateLimit rate) =>
        string.Create(null, $"http-request sc-set-gpt0(0) var(txn.now),add(txn.wait),add({Ticks(rate, rate.Rate.Interval)})");

    private static TimeSpan Patience(RateLimit rate) => rate.Rate.Interval * (rate.Burst + 1);

    private static string Unit(RateLimit rate) => InMilliseconds(rate) ? "ms" : "us";

    private static bool InMilliseconds(RateLimit rate) =>
        rate.Rate.Interval.Ticks % TimeSpan.TicksPerMillisecond == 0 || Patience(rate) > _longestInMicroseconds;

    private static long Ticks(RateLimit rate, TimeSpan time) =>
        (long)Math.Round(InMilliseconds(rate) ? time.TotalMilliseconds : time.TotalMicroseconds);
}

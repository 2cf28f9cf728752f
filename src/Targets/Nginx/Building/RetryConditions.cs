using Confgen.Model;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;

namespace Confgen.Targets.Nginx.Building;

/// <summary>
/// The arguments of <c>proxy_next_upstream</c> and its relatives: on what another server is tried, and which statuses therefore count as
/// failures. Null for nginx's own.
/// </summary>
internal static class RetryConditions
{
    private static readonly int[] _http = [403, 404, 429, 500, 502, 503, 504];
    private static readonly int[] _fastCgi = [403, 404, 429, 500, 503];

    /// <summary>Over HTTP and gRPC.</summary>
    public static string? ForHttp(Upstream upstream) => Of(upstream, _http);

    /// <summary>Over FastCGI.</summary>
    public static string? ForFastCgi(Upstream upstream) => Of(upstream, _fastCgi);

    /// <summary>Whether nginx can try another server on none of the statuses meant.</summary>
    public static bool KnowsNone(StatusPattern pattern, ServerScheme scheme) =>
        !Array.Exists(scheme == ServerScheme.FastCgi ? _fastCgi : _http, pattern.Matches);

    private static string? Of(Upstream upstream, int[] known)
    {
        if (upstream.Retries == 0)
        {
            return "off";
        }

        ValueList<StatusPattern> counted = upstream.PassiveHealth?.Status ?? [];
        return counted.Count + upstream.RetryOn.Count == 0
            ? null
            : "error timeout"
                + string.Concat(
                    known
                        .Where(status => StatusPattern.Any(upstream.RetryOn, status) || StatusPattern.Any(counted, status))
                        .Select(static status => string.Create(null, $" http_{status}"))
                );
    }
}

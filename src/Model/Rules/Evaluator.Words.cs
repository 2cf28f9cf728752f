using System.Text;
using Confgen.Model.Routes;
using Confgen.Model.Sites;

namespace Confgen.Model.Rules;

public sealed partial class Evaluator
{
    private static string ToText(string bytes) => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(bytes));

    private static string[] GuardsOf(Route route)
    {
        var guards = new List<string>();
        if (!route.Access.IsOpen)
        {
            guards.Add(
                "address: "
                    + (route.Access.Allow.Count > 0 ? $"allow {route.Access.Allow}" : "")
                    + (route.Access.Deny.Count > 0 ? $" deny {route.Access.Deny}" : "")
                    + (route.AddressIsEnough ? "; these need no credentials, others do" : "")
            );
        }

        if (route.RateLimit is { } rate)
        {
            guards.Add(
                $"rate: {rate.Rate}, burst {rate.Burst}, by {(rate.KeyHeader is { } header ? "header " + header : "client address")}; "
                    + $"over it 429"
            );
        }

        if (route.BasicAuth is { } auth)
        {
            guards.Add($"credentials: realm '{auth.Realm}', {auth.Users.Count} user(s); else 401");
        }

        if (route.ForwardAuth is { } forward)
        {
            guards.Add($"auth server: {forward.Server}{forward.Target}; what is not 2xx is relayed");
        }

        if (route.MaxBody > 0)
        {
            guards.Add($"body: at most {Units.Sizes.Format(route.MaxBody)}; over it 413");
        }

        return [.. guards];
    }

    private static string HostReason(Site site, string host)
    {
        Units.HostPattern? match = site.Hosts.Where(h => h.Matches(host)).OrderBy(h => h.Kind).FirstOrDefault();
        return match?.Kind switch
        {
            Units.HostPatternKind.Exact => $"its host is '{host}'",
            Units.HostPatternKind.Wildcard or Units.HostPatternKind.Trailing =>
                $"its host '{match}' takes '{host}', and no site is named so",
            _ => $"it takes every other host, and no site is named '{host}'",
        };
    }
}

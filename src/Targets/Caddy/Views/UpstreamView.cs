using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Caddy.Views;

/// <summary>The servers of a reverse proxy, how one of them is chosen, and what is done to requests and responses on the way.</summary>
[TemplateView]
internal sealed partial record UpstreamView
{
    /// <summary>The servers, as <c>127.0.0.1:3000 127.0.0.1:3001</c>; empty where they are discovered.</summary>
    public string Servers { get; init; } = "";

    /// <summary>The name of SRV records, or null.</summary>
    public string? Srv { get; init; }

    public string? SrvRefresh { get; init; }

    public string? Policy { get; init; }

    /// <summary>How many other servers are tried, or null for none.</summary>
    public int? Retries { get; init; }

    /// <summary>A CEL expression over the response, on which an idempotent request goes to another server; null for none.</summary>
    public string? RetryOn { get; init; }

    /// <summary>The time for which a failed server is passed over, or null.</summary>
    public string? FailDuration { get; init; }

    /// <summary>Whether <see cref="FailDuration"/> is set although the spec has no passive health.</summary>
    public bool FailsForRetry { get; init; }

    public int? MaxFails { get; init; }

    public string? UnhealthyStatus { get; init; }

    public string? UnhealthyLatency { get; init; }

    public int? MaxRequests { get; init; }

    public HealthView? Health { get; init; }

    public string? TrustedProxies { get; init; }

    /// <summary>Lines of <c>header_up</c>, after its name.</summary>
    public IReadOnlyList<string> HeaderUp { get; init; } = [];

    /// <summary>Lines of <c>header_down</c>, after its name.</summary>
    public IReadOnlyList<string> HeaderDown { get; init; } = [];

    /// <summary>How often a buffered response is flushed, where it is not at once; or null.</summary>
    public string? FlushInterval { get; init; }

    /// <summary>The rules on a 101, which the release writes past those of the route.</summary>
    public IReadOnlyList<HeaderRulesView> SwitchedHeaders { get; init; } = [];

    /// <summary>Statuses of the upstream that are treated as the proxy's own; or null.</summary>
    public string? Intercept { get; init; }

    /// <summary>Whether a 401 is among them, which is worth nothing without its challenge.</summary>
    public bool KeepsChallenge { get; init; }

    /// <summary>Whether there is nothing to say beside the servers and how long one that failed is passed over.</summary>
    public bool IsPlain =>
        Srv is null
        && Policy is null
        && Retries is null
        && RetryOn is null
        && UnhealthyStatus is null
        && UnhealthyLatency is null
        && MaxRequests is null
        && Health is null
        && TrustedProxies is null
        && FlushInterval is null
        && Intercept is null
        && HeaderUp.Count == 0
        && HeaderDown.Count == 0
        && SwitchedHeaders.Count == 0;

    /// <summary>What two upstreams have in common that are written alike.</summary>
    public string Key
    {
        get
        {
            List<object?> said =
            [
                Servers,
                Srv,
                SrvRefresh,
                Policy,
                Retries,
                RetryOn,
                FailDuration,
                MaxFails,
                UnhealthyStatus,
                UnhealthyLatency,
                MaxRequests,
                Health,
                TrustedProxies,
                FlushInterval,
                Intercept,
                KeepsChallenge,
                .. HeaderUp,
                "",
                .. HeaderDown,
                .. SwitchedHeaders.SelectMany(static rules => rules.Lines.Prepend(rules.Matcher)),
            ];
            return string.Join('\n', said);
        }
    }
}

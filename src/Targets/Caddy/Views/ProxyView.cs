using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Caddy.Views;

/// <summary>A reverse proxy.</summary>
[TemplateView]
internal sealed partial record ProxyView
{
    /// <summary>The matcher of its requests with a space behind it; empty for all.</summary>
    public string Matcher { get; init; } = "";

    /// <summary>The header rules on a 101, which the release writes past those of the route.</summary>
    public IReadOnlyList<HeaderRulesView> SwitchedHeaders { get; init; } = [];

    /// <summary>The servers, as <c>127.0.0.1:3000 127.0.0.1:3001</c>; empty where they are discovered.</summary>
    public string Servers { get; init; } = "";

    /// <summary>The name of SRV records, or null.</summary>
    public string? Srv { get; init; }

    public string? SrvRefresh { get; init; }

    /// <summary>Whether WebSocket upgrades are dropped.</summary>
    public bool DropsUpgrade { get; init; }

    /// <summary>Lines of <c>request_header</c>, for headers of the client that several lines replace.</summary>
    public IReadOnlyList<string> EarlyHeaders { get; init; } = [];

    public string? Policy { get; init; }

    /// <summary>How many other servers are tried, or null for none.</summary>
    public int? Retries { get; init; }

    /// <summary>The time for which a failed server is passed over, or null.</summary>
    public string? FailDuration { get; init; }

    /// <summary>Why <see cref="FailDuration"/> is set although the spec has no passive health; or null.</summary>
    public bool FailsForRetry { get; init; }

    public int? MaxFails { get; init; }

    public string? UnhealthyStatus { get; init; }

    public string? UnhealthyLatency { get; init; }

    public int? MaxRequests { get; init; }

    public HealthView? Health { get; init; }

    public string? TrustedProxies { get; init; }

    /// <summary>Lines of <c>header_up</c>, after its name.</summary>
    public IReadOnlyList<string> HeaderUp { get; init; } = [];

    public string? FlushInterval { get; init; }

    /// <summary>Statuses of the upstream that are treated as the proxy's own; or null.</summary>
    public string? Intercept { get; init; }

    /// <summary>Whether a 401 is among them, which is worth nothing without its challenge.</summary>
    public bool KeepsChallenge { get; init; }

    /// <summary>Whether the release must be kept from adding its own Server header to the upstream's.</summary>
    public bool OneServerHeader { get; init; }

    /// <summary>Whether responses are looked at although their Server and Via need it not.</summary>
    public bool OtherResponses => MarksResponses && !OneServerHeader && !DropsVia;

    /// <summary>Whether rules of the spec look at the upstream's responses.</summary>
    public bool MarksResponses { get; init; }

    /// <summary>Whether a snippet says how.</summary>
    public bool ImportsServerHeader { get; init; }

    /// <summary>Whether the release must be kept from adding itself to Via.</summary>
    public bool DropsVia { get; init; }

    /// <summary>Whether a snippet says how.</summary>
    public bool ImportsVia { get; init; }

    public required TransportView Transport { get; init; }
}

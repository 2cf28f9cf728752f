using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Nginx.Views;

/// <summary>What guards a location beside an auth server: addresses, credentials, the rate.</summary>
[TemplateView]
internal sealed partial record GuardsView
{
    /// <summary>Blocks of addresses that are refused.</summary>
    public IReadOnlyList<string> Deny { get; init; } = [];

    /// <summary>Blocks of addresses that pass; where there are any, all others are refused.</summary>
    public IReadOnlyList<string> Allow { get; init; } = [];

    /// <summary>Whether one of addresses, credentials and the auth server is enough.</summary>
    public bool SatisfiesAny { get; init; }

    /// <summary>The realm that clients are asked for credentials with; null without.</summary>
    public string? Realm { get; init; }

    /// <summary>The file of the users.</summary>
    public string? UserFile { get; init; }

    /// <summary>The zone that counts requests; null where the rate has no limit.</summary>
    public string? RateZone { get; init; }

    /// <summary>Requests beyond the rate that pass at once; null for none.</summary>
    public int? RateBurst { get; init; }
}

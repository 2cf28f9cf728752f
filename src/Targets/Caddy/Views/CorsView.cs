namespace Confgen.Targets.Caddy.Views;

/// <summary>Cross-origin resource sharing.</summary>
internal sealed record CorsView
{
    /// <summary>A regex of the origins that may; null where all may.</summary>
    public string? Origins { get; init; }

    /// <summary>What Access-Control-Allow-Origin says.</summary>
    public required string AllowOrigin { get; init; }

    /// <summary>Whether the answer differs by the origin.</summary>
    public bool Varies { get; init; }

    public bool Credentials { get; init; }

    public string? Methods { get; init; }

    public string? AllowHeaders { get; init; }

    public string? ExposeHeaders { get; init; }

    public string? MaxAge { get; init; }
}

using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Caddy.Views;

/// <summary>Cross-origin resource sharing.</summary>
[TemplateView]
internal sealed partial record CorsView
{
    /// <summary>A regex of the origins that may, by which responses differ then; null where all may.</summary>
    public string? Origins { get; init; }

    /// <summary>The value of Access-Control-Allow-Origin.</summary>
    public required string AllowOrigin { get; init; }

    public bool Credentials { get; init; }

    public string? Methods { get; init; }

    public string? AllowHeaders { get; init; }

    public string? ExposeHeaders { get; init; }

    public string? MaxAge { get; init; }

    /// <summary>The lines of a block of headers for every response but a preflight's.</summary>
    public IEnumerable<string> Response =>
        [
            "Access-Control-Allow-Origin " + AllowOrigin,
            .. Credentials ? ["Access-Control-Allow-Credentials true"] : Array.Empty<string>(),
            .. ExposeHeaders is null ? [] : new[] { "Access-Control-Expose-Headers " + ExposeHeaders },
        ];
}

using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Traefik.Views;

/// <summary>What is done with a request or its response on the way: one of the kinds is set.</summary>
[TemplateView]
internal sealed partial record MiddlewareView
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The status that every request gets; null for none.</summary>
    public int? Refusal { get; init; }

    /// <summary>The networks that may; null for no fence.</summary>
    public AllowListView? Allow { get; init; }

    /// <summary>What fields become; null for none.</summary>
    public HeadersView? Headers { get; init; }

    /// <summary>Where requests are sent; null for nowhere.</summary>
    public RedirectView? Redirect { get; init; }

    /// <summary>What the raw path becomes; null for itself.</summary>
    public ReplacementView? Path { get; init; }

    /// <summary>Who has a password; null for everyone.</summary>
    public BasicAuthView? BasicAuth { get; init; }

    /// <summary>Who is asked first; null for nobody.</summary>
    public ForwardAuthView? ForwardAuth { get; init; }

    /// <summary>How many may come; null for all.</summary>
    public RateLimitView? RateLimit { get; init; }

    /// <summary>How responses are compressed; null for not at all.</summary>
    public CompressView? Compress { get; init; }

    /// <summary>How often servers are tried; null for once.</summary>
    public int? Attempts { get; init; }
}

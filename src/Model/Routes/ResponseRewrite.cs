namespace Confgen.Model.Routes;

/// <summary>
/// How addresses in an upstream's response become the client's: the URLs of <c>Location</c> and <c>Refresh</c>, and <c>Path</c> and
/// <c>Domain</c> of cookies. What holds of it for a route, <see cref="Rules.ResponseUrls"/> says.
/// </summary>
public sealed record ResponseRewrite : SpecNode
{
    /// <summary>The word that asks for the inverse of what the route does to requests.</summary>
    public const string Auto = "auto";

    /// <summary>Whether URLs go back through the route's own change of the path, and to the scheme and host of the client.</summary>
    public bool AutoLocation { get; init; }

    /// <summary>Prefixes of URLs; the first one that matches is exchanged.</summary>
    public ValueList<TextMapping> Location { get; init; } = [];

    /// <summary>Whether the paths of cookies go back through the route's own change of the path.</summary>
    public bool AutoCookiePath { get; init; }

    /// <summary>Prefixes of cookies' paths; the first one that matches is exchanged.</summary>
    public ValueList<TextMapping> CookiePath { get; init; } = [];

    /// <summary>Domains of cookies, without a leading dot; the one that matches is exchanged.</summary>
    public ValueList<TextMapping> CookieDomain { get; init; } = [];
}

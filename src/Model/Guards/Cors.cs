namespace Confgen.Model.Guards;

/// <summary>Cross-origin resource sharing (the Fetch standard, section 3.2): preflights are answered with 204 by the proxy.</summary>
public sealed record Cors : SpecNode
{
    /// <summary>
    /// What a response says of this. The upstream's own are dropped on such a route: the spec's word would not hold beside them, and
    /// browsers refuse two.
    /// </summary>
    public static ValueList<string> ResponseHeaders { get; } =
    [
        "Access-Control-Allow-Origin",
        "Access-Control-Allow-Credentials",
        "Access-Control-Allow-Methods",
        "Access-Control-Allow-Headers",
        "Access-Control-Allow-Private-Network",
        "Access-Control-Expose-Headers",
        "Access-Control-Max-Age",
    ];

    /// <summary>Origins as <c>https://app.example.com</c>, or <c>*</c> for all.</summary>
    public ValueList<string> Origins { get; init; } = [];

    /// <summary>Methods that a preflight allows; default GET, HEAD and POST, which never need one.</summary>
    public ValueList<string> Methods { get; init; } = ["GET", "HEAD", "POST"];

    /// <summary>Request headers that a preflight allows; none unless written.</summary>
    public ValueList<string> Headers { get; init; } = [];

    /// <summary>Response headers that scripts may read; none unless written.</summary>
    public ValueList<string> ExposeHeaders { get; init; } = [];

    /// <summary>Whether cookies and credentials may be sent; default false.</summary>
    public bool Credentials { get; init; }

    /// <summary>How long a preflight's response may be kept; the browser's own unless written.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>
    /// Whether every origin may. Then every response says so, also to a request without an origin: caches may keep it for one with.
    /// </summary>
    public bool AnyOrigin => Origins.Contains("*");
}

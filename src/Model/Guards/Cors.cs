namespace Confgen.Model.Guards;

/// <summary>Cross-origin resource sharing (the Fetch standard, section 3.2): preflights are answered with 204 by the proxy.</summary>
public sealed record Cors : SpecNode
{
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

    /// <summary>How long a preflight's answer may be kept; the browser's own unless written.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>Whether every origin may.</summary>
    public bool AnyOrigin => Origins.Contains("*");
}

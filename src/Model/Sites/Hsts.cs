namespace Confgen.Model.Sites;

/// <summary>The fields of Strict-Transport-Security (RFC 6797).</summary>
public sealed record Hsts : SpecNode
{
    /// <summary>How long a browser remembers; default one year, the least that preload lists take.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromDays(365);

    /// <summary>Whether it holds for every subdomain; default false.</summary>
    public bool IncludeSubdomains { get; init; }

    /// <summary>Whether browsers may ship the host in their preload list; default false.</summary>
    public bool Preload { get; init; }

    /// <summary>The header's value.</summary>
    public string HeaderValue =>
        string.Create(null, $"max-age={(long)MaxAge.TotalSeconds}")
        + (IncludeSubdomains ? "; includeSubDomains" : "")
        + (Preload ? "; preload" : "");
}

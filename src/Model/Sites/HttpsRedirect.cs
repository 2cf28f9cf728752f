namespace Confgen.Model.Sites;

/// <summary>Plain HTTP requests for a site with TLS are answered with a redirect to https.</summary>
public sealed record HttpsRedirect : SpecNode
{
    /// <summary>The plain port; default 80.</summary>
    public int Port { get; init; } = 80;

    /// <summary>The status: 301, 302, 307 or 308; default 308, which keeps the method (RFC 9110, section 15.4.9).</summary>
    public int Status { get; init; } = 308;
}

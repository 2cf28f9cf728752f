namespace Confgen.Model.Upstreams;

/// <summary>TLS towards <c>https://</c> servers.</summary>
public sealed record UpstreamTls : SpecNode
{
    /// <summary>Whether the certificate is verified, default true (nginx's own default is false).</summary>
    public bool Verify { get; init; } = true;

    /// <summary>A PEM file with the authorities to trust; the system's unless written.</summary>
    public string? Ca { get; init; }

    /// <summary>The name for SNI and for verification; the server's host unless written.</summary>
    public string? ServerName { get; init; }

    /// <summary>A PEM file with the client certificate; none unless written.</summary>
    public string? Cert { get; init; }

    /// <summary>A PEM file with the client certificate's key.</summary>
    public string? Key { get; init; }
}

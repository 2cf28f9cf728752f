using Confgen.Model.Routes;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;

namespace Confgen.Model.Guards;

/// <summary>Each request is first shown to an auth server; 2xx passes, anything else is relayed whole.</summary>
public sealed record ForwardAuth : SpecNode
{
    /// <summary>The auth server.</summary>
    public required ServerAddress Server { get; init; }

    /// <summary>How TLS is spoken to it, where its scheme is https.</summary>
    public UpstreamTls Tls { get; init; } = new();

    /// <summary>The target that is asked for with GET, with its query if it has one.</summary>
    public string Target { get; init; } = "/";

    /// <summary>Headers of the auth server's response that the upstream gets instead of the client's; absent where it sent none.</summary>
    public ValueList<HeaderName> CopyHeaders { get; init; } = [];

    /// <summary>What becomes of its 401; null: it is relayed as any other refusal.</summary>
    public SignIn? SignIn { get; init; }
}

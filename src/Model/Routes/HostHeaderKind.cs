namespace Confgen.Model.Routes;

/// <summary>Whose Host header the upstream sees.</summary>
public enum HostHeaderKind
{
    /// <summary>The client's.</summary>
    Preserve,

    /// <summary>The server's own host and port.</summary>
    Upstream,

    /// <summary>A text of the spec.</summary>
    Literal,
}

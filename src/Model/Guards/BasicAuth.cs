namespace Confgen.Model.Guards;

/// <summary>HTTP basic authentication (RFC 7617); without valid credentials 401.</summary>
public sealed record BasicAuth : SpecNode
{
    /// <summary>The realm; default <c>restricted</c>.</summary>
    public string Realm { get; init; } = "restricted";

    /// <summary>The users in the order written, at least one; those of a file come last.</summary>
    public ValueList<BasicAuthUser> Users { get; init; } = [];
}

namespace Confgen.Model.Routes;

/// <summary>The Host header that the upstream sees.</summary>
/// <param name="Kind">Whose it is.</param>
/// <param name="Literal">The text, for <see cref="HostHeaderKind.Literal"/>; else null.</param>
public sealed record HostHeader(HostHeaderKind Kind, string? Literal = null)
{
    /// <summary>As the client sent it: the default, because applications build their links from it.</summary>
    public static readonly HostHeader Preserve = new(HostHeaderKind.Preserve);
}

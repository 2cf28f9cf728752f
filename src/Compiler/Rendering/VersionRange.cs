namespace Confgen.Compiler.Rendering;

/// <summary>Versions from one on, up to but without another; null is open.</summary>
/// <param name="Since">The first version.</param>
/// <param name="Until">The first version that is no longer meant.</param>
public readonly record struct VersionRange(TargetVersion? Since = null, TargetVersion? Until = null)
{
    /// <summary>Every version.</summary>
    public static readonly VersionRange All;

    /// <summary>Whether the version is meant.</summary>
    public bool Contains(TargetVersion version) =>
        (Since is not { } since || version >= since) && (Until is not { } until || version < until);

    /// <summary><c>before 2.11</c>, <c>since 1.25</c>; empty for every version.</summary>
    public override string ToString() =>
        (Since, Until) switch
        {
            (null, null) => "",
            ({ } since, null) => $"since {since}",
            (null, { } until) => $"before {until}",
            ({ } since, { } until) => $"from {since} to before {until}",
        };
}

namespace Confgen.Targets.Nginx.Building;

/// <summary>How a location's own errors are answered.</summary>
internal sealed class ErrorProfile
{
    /// <summary>As the server's.</summary>
    public static readonly ErrorProfile Inherited = new() { TargetOf = _ => "@empty" };

    /// <summary>The arguments of each <c>error_page</c>; none where the inherited ones hold.</summary>
    public IReadOnlyList<string> Pages { get; init; } = [];

    /// <summary>Whether an error's answer may itself lead to another.</summary>
    public bool IsRecursive { get; init; }

    /// <summary>What answers for a status.</summary>
    public required Func<int, string> TargetOf { get; init; }
}

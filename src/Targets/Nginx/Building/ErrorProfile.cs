using Confgen.Targets.Nginx.Views;

namespace Confgen.Targets.Nginx.Building;

/// <summary>How a location's own errors are answered.</summary>
internal sealed class ErrorProfile
{
    /// <summary>As the server's.</summary>
    public static readonly ErrorProfile Inherited = new() { PageOf = static _ => null };

    /// <summary>The errors that don't have the server's own responses.</summary>
    public IReadOnlyList<ErrorPageView> Pages { get; init; } = [];

    /// <summary>Whether an error's response may itself lead to another.</summary>
    public bool IsRecursive { get; init; }

    /// <summary>What answers for a status of an upstream; null for an empty body.</summary>
    public required Func<int, ErrorPageView?> PageOf { get; init; }
}

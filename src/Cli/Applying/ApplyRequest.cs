using Confgen.Cli.Testing;

namespace Confgen.Cli.Applying;

/// <summary>What a call of <c>apply</c> asks for beside what it builds.</summary>
internal sealed record ApplyRequest
{
    /// <summary>The shell command that makes the running program take new files; null for the target's usual one.</summary>
    public string? Reload { get; init; }

    /// <summary>Whether the caller reloads the program.</summary>
    public bool NoReload { get; init; }

    /// <summary>Where the spec's tests are run afterwards; they are run on the model before.</summary>
    public required TestPlan Tests { get; init; }

    /// <summary>How long the tests may fail after the reload.</summary>
    public TimeSpan Wait { get; init; }

    /// <summary>Whether to show what would change and do nothing.</summary>
    public bool DryRun { get; init; }
}

namespace Confgen.Runtime.Acme;

/// <summary>How long things take and wait; tests are quicker.</summary>
internal sealed record AcmePace
{
    /// <summary>How long one response of the authority may take.</summary>
    public TimeSpan Request { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Between two questions for what the authority is still working on, where it doesn't say.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long one attempt may take; its order is continued by the next one.</summary>
    public TimeSpan Attempt { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a program that writes records may run.</summary>
    public TimeSpan Hook { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>After the first failure to reach the authority; doubled after each further one.</summary>
    public TimeSpan Unreachable { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest wait after that.</summary>
    public TimeSpan LongestUnreachable { get; init; } = TimeSpan.FromHours(1);

    /// <summary>After the first refusal; doubled after each further one. Authorities allow some five failures an hour and name.</summary>
    public TimeSpan Refused { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The longest wait after that.</summary>
    public TimeSpan LongestRefused { get; init; } = TimeSpan.FromHours(6);

    /// <summary>The most that a start or a changed spec waits for what only this side has decided to wait for.</summary>
    public TimeSpan AfterStart { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The least time between two attempts.</summary>
    public TimeSpan Between { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The longest time without a look at the clock, which may jump, and at the disk, where another process may have renewed.
    /// </summary>
    public TimeSpan Look { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Between two looks at a lock that another process has.</summary>
    public TimeSpan Lock { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Between two questions for the time of renewal, where the authority doesn't say.</summary>
    public TimeSpan RenewalInfo { get; init; } = TimeSpan.FromHours(6);
}

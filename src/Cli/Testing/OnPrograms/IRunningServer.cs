namespace Confgen.Cli.Testing.OnPrograms;

/// <summary>A program that serves a staged spec until it is disposed.</summary>
internal interface IRunningServer : IAsyncDisposable
{
    /// <summary>Why it no longer runs, in its own words; null while it does.</summary>
    string? Ended { get; }
}

namespace Confgen.Conformance.Tests.Proxies;

/// <summary>A program that serves; disposing it ends it.</summary>
internal interface IRunningProxy : IAsyncDisposable
{
    /// <summary>What it has said by now, for the report of a failure.</summary>
    string Log { get; }
}

namespace Confgen.Conformance.Tests.Backends;

/// <summary>What a backend does with the connection after its response.</summary>
internal enum Ending
{
    Keep,
    Close,
    Reset,
    Hang,

    /// <summary>It stays open, and nothing more is read.</summary>
    Stall,
}

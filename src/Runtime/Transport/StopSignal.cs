namespace Confgen.Runtime.Transport;

/// <summary>Says whether the proxy is about to end, so that no connection takes another request.</summary>
internal sealed class StopSignal
{
    private volatile bool _isSet;
    private volatile bool _closesIdle;

    /// <summary>Whether it is about to end: each connection is told so with the next response.</summary>
    public bool IsSet => _isSet;

    /// <summary>
    /// Whether connections that wait for a request are closed at once. Not where another process serves already: a request may be under way
    /// to here, and nobody waits for this process to end.
    /// </summary>
    public bool ClosesIdle => _closesIdle;

    /// <summary>From now on it is about to end.</summary>
    public void Set(bool closesIdle = true) => (_closesIdle, _isSet) = (closesIdle, true);
}

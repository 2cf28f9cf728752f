namespace Confgen.Runtime.Transport;

/// <summary>Says whether the proxy is about to end, so that no connection takes another request.</summary>
internal sealed class StopSignal
{
    private volatile bool _isSet;

    /// <summary>Whether it is about to end.</summary>
    public bool IsSet => _isSet;

    /// <summary>From now on it is.</summary>
    public void Set() => _isSet = true;
}

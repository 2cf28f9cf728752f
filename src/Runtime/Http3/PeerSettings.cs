namespace Confgen.Runtime.Http3;

/// <summary>What a client says of itself on its control stream (RFC 9114, section 7.2.4.1), as far as it concerns this side.</summary>
internal sealed class PeerSettings
{
    private long _maxFieldSectionSize = VariableInteger.Most;

    /// <summary>The largest field section that it takes; the largest number there is while it has said nothing.</summary>
    public long MaxFieldSectionSize
    {
        get => Volatile.Read(ref _maxFieldSectionSize);
        set => Volatile.Write(ref _maxFieldSectionSize, value);
    }
}

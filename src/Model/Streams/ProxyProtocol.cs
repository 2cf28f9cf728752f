namespace Confgen.Model.Streams;

/// <summary>How the PROXY protocol carries a client's address on both sides of a stream.</summary>
public sealed record ProxyProtocol : SpecNode
{
    /// <summary>Whether each connection begins with a header of either version; default false.</summary>
    public bool Accept { get; init; }

    /// <summary>The version of the header that each connection to a server begins with; none unless written.</summary>
    public ProxyHeaderVersion Send { get; init; }
}

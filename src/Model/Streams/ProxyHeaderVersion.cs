namespace Confgen.Model.Streams;

/// <summary>The versions of the PROXY protocol's header.</summary>
public enum ProxyHeaderVersion
{
    /// <summary>No header.</summary>
    None,

    /// <summary>A line of text.</summary>
    V1,

    /// <summary>Binary.</summary>
    V2,
}

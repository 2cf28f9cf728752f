namespace Confgen.Runtime.Http3;

/// <summary>What a unidirectional stream begins with (RFC 9114, section 6.2; RFC 9204, section 4.2).</summary>
internal static class StreamTypes
{
    /// <summary>Settings and what concerns the connection.</summary>
    public const long Control = 0;

    /// <summary>A pushed answer, a server's alone.</summary>
    public const long Push = 1;

    /// <summary>What the client's encoder says.</summary>
    public const long Encoder = 2;

    /// <summary>What the client's decoder says.</summary>
    public const long Decoder = 3;
}

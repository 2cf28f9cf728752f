namespace Confgen.Runtime.Handover;

/// <summary>What the two processes of a handover say to each other, a byte each.</summary>
internal static class HandoverTags
{
    /// <summary>From the successor: it asks for the sockets.</summary>
    public static readonly byte[] Version = "1"u8.ToArray();

    /// <summary>With a socket that belongs to who serves.</summary>
    public const byte Owned = (byte)'o';

    /// <summary>With a socket that belongs to the service manager.</summary>
    public const byte Inherited = (byte)'i';

    /// <summary>There is no further socket.</summary>
    public const byte Last = (byte)'.';

    /// <summary>From the successor: it accepts connections.</summary>
    public const byte Serving = (byte)'s';
}

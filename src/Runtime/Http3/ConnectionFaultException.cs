namespace Confgen.Runtime.Http3;

/// <summary>The client broke a rule whose breach ends the whole connection (RFC 9114, section 8).</summary>
internal sealed class ConnectionFaultException(long code) : Exception
{
    /// <summary>The code that tells the client why.</summary>
    public long Code { get; } = code;
}

namespace Confgen.Runtime.Exchanges;

/// <summary>The request's body can't be read to its end.</summary>
internal sealed class BodyFaultException(int status) : Exception
{
    /// <summary>The status that says why: 400 malformed, 408 too slow, 413 too large; 0 where the client has left.</summary>
    public int Status { get; } = status;
}

namespace Confgen.Cli.Editing.Protocol;

/// <summary>A request that gets an error response.</summary>
/// <param name="code">One of <see cref="ErrorCode"/>.</param>
/// <param name="message">The reason.</param>
internal sealed class ProtocolException(int code, string message) : Exception(message)
{
    /// <summary>The response's code.</summary>
    public int Code => code;
}

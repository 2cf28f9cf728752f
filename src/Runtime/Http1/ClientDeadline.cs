using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Http1;

/// <summary>Ends a client's connection that takes too long.</summary>
internal sealed class ClientDeadline(Connection wire) : Deadline
{
    /// <inheritdoc/>
    protected override void Expire() => wire.Dispose();
}

using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Http1;

/// <summary>Does something about a client that takes too long.</summary>
/// <param name="expire">What is done, on the watch's thread.</param>
internal sealed class ClientDeadline(Action expire) : Deadline
{
    /// <inheritdoc/>
    protected override void Expire() => expire();
}

using Confgen.Runtime.Transport;

namespace Confgen.Runtime.Tunnels;

/// <summary>Closes a connection whose other side was silent for too long.</summary>
internal sealed class LinkDeadline : Deadline, IDisposable
{
    private readonly Connection _wire;
    private readonly DeadlineWatch _watch;

    public LinkDeadline(Connection wire, DeadlineWatch watch)
    {
        (_wire, _watch) = (wire, watch);
        watch.Add(this);
    }

    /// <summary>Starts the wait, or starts it anew.</summary>
    public void Within(TimeSpan wait) => Set(_watch.After(wait));

    /// <inheritdoc/>
    public void Dispose() => _watch.Remove(this);

    /// <inheritdoc/>
    protected override void Expire() => _wire.Dispose();
}

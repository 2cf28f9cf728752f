using System.Net;
using System.Net.Sockets;
using Confgen.Model.Units;

namespace Confgen.Runtime.Resolving;

/// <summary>
/// The addresses of a server, asked for again when their time to live is over. A name that doesn't resolve is an error of the one request:
/// it never stops the start, and addresses that were good once are used while no DNS server answers.
/// </summary>
internal sealed class AddressCache(ServerAddress address, NameResolver resolver, TimeProvider time)
{
    // A record may say 0, and a name that doesn't resolve is asked for by every request: once a second is enough for either.
    private static readonly TimeSpan _shortest = TimeSpan.FromSeconds(1);

    // Some records say days, and the server may have moved all the same.
    private static readonly TimeSpan _longest = TimeSpan.FromHours(1);

    // How long a request waits for fresh addresses while there are old ones.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(1);

    private readonly EndPoint[]? _fixed = Fixed(address);
    private readonly Lock _lock = new();
    private Entry? _entry;
    private Task<EndPoint[]>? _asking;
    private volatile bool _isSlow;

    /// <summary>
    /// Whether a connection to that end point is a connection to the server still: it is among the addresses that were found last.
    /// </summary>
    public bool Has(EndPoint? endPoint) =>
        _fixed is not null || (endPoint is not null && Volatile.Read(ref _entry)?.EndPoints.Contains(endPoint) == true);

    /// <summary>The end points to try in turn.</summary>
    /// <exception cref="SocketException">The name has no address.</exception>
    public ValueTask<EndPoint[]> GetAsync(CancellationToken cancellation)
    {
        Entry? entry = Volatile.Read(ref _entry);
        return _fixed is not null ? ValueTask.FromResult(_fixed)
            : entry is not null && time.GetElapsedTime(entry.At) < entry.Fresh ? ValueTask.FromResult(Some(entry.EndPoints))
            : AskAsync(entry, cancellation);
    }

    private async ValueTask<EndPoint[]> AskAsync(Entry? old, CancellationToken cancellation)
    {
        // However many requests wait, one question is asked; it goes on when they leave.
        Task<EndPoint[]> asking;
        lock (_lock)
        {
            asking = _asking ??= Task.Run(RefreshAsync, CancellationToken.None);
        }

        // While DNS servers are silent one request has waited for them, and that is enough.
        if (_isSlow && old is { EndPoints.Length: > 0 })
        {
            return old.EndPoints;
        }

        try
        {
            return Some(
                await (old is { EndPoints.Length: > 0 } ? asking.WaitAsync(_patience, time, cancellation) : asking.WaitAsync(cancellation))
            );
        }
        catch (TimeoutException) when (old is not null)
        {
            _isSlow = true;
            return old.EndPoints;
        }
    }

    private async Task<EndPoint[]> RefreshAsync()
    {
        try
        {
            Resolved<IPAddress>? found = await resolver.AddressesAsync(address.Host, CancellationToken.None);
            _isSlow = found is null;
            EndPoint[] endPoints = found is not null
                ? [.. found.Values.Select(a => new IPEndPoint(a, address.Port))]
                : _entry?.EndPoints ?? [];
            TimeSpan fresh =
                found is null || found.TimeToLive < _shortest ? _shortest
                : found.TimeToLive > _longest ? _longest
                : found.TimeToLive;
            Volatile.Write(ref _entry, new Entry(endPoints, time.GetTimestamp(), fresh));
            return endPoints;
        }
        finally
        {
            // Whatever came of it, the next one may ask again.
            lock (_lock)
            {
                _asking = null;
            }
        }
    }

    private static EndPoint[] Some(EndPoint[] endPoints) =>
        endPoints.Length > 0 ? endPoints : throw new SocketException((int)SocketError.HostNotFound);

    private static EndPoint[]? Fixed(ServerAddress address) =>
        address.SocketPath is { } path ? [new UnixDomainSocketEndPoint(path)]
        : IpAddresses.TryParse(address.Host, out IPAddress? ip) ? [new IPEndPoint(ip, address.Port)]
        : null;

    private sealed record Entry(EndPoint[] EndPoints, long At, TimeSpan Fresh);
}

using System.Net;
using System.Net.Sockets;
using Confgen.Model.Units;

namespace Confgen.Runtime.Upstreams;

/// <summary>
/// The addresses of a server, asked for again when they are old. A name that doesn't resolve is an error of the one request: it never
/// stops the start, and addresses that were good once are used while the resolver fails.
/// </summary>
internal sealed class AddressCache(ServerAddress address)
{
    // The platform's resolver doesn't tell the records' TTL; most are longer.
    private static readonly TimeSpan _fresh = TimeSpan.FromSeconds(10);

    private readonly EndPoint[]? _fixed = Fixed(address);
    private Entry? _entry;

    /// <summary>The end points to try in turn.</summary>
    /// <exception cref="SocketException">The name has no address.</exception>
    public async ValueTask<EndPoint[]> GetAsync(TimeProvider time, CancellationToken cancellation)
    {
        if (_fixed is not null)
        {
            return _fixed;
        }

        Entry? entry = Volatile.Read(ref _entry);
        if (entry is not null && time.GetElapsedTime(entry.At) < _fresh)
        {
            return entry.EndPoints;
        }

        try
        {
            IPAddress[] found = await Dns.GetHostAddressesAsync(address.Host, cancellation);
            entry = new Entry([.. found.Select(a => new IPEndPoint(a, address.Port))], time.GetTimestamp());
            Volatile.Write(ref _entry, entry);
        }
        catch (SocketException) when (entry is not null)
        {
            Volatile.Write(ref _entry, entry with { At = time.GetTimestamp() });
        }

        return entry.EndPoints;
    }

    private static EndPoint[]? Fixed(ServerAddress address) =>
        address.SocketPath is { } path ? [new UnixDomainSocketEndPoint(path)]
        : IpAddresses.TryParse(address.Host, out IPAddress? ip) ? [new IPEndPoint(ip, address.Port)]
        : null;

    private sealed record Entry(EndPoint[] EndPoints, long At);
}

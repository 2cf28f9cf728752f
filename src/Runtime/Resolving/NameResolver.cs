using System.Net;
using System.Net.Sockets;

namespace Confgen.Runtime.Resolving;

/// <summary>
/// Finds out what a name stands for, and for how long: from the hosts file, from DNS, and where DNS doesn't know it from the platform,
/// which may have sources of its own but doesn't tell how long they hold.
/// </summary>
internal sealed class NameResolver(ProxyOptions options)
{
    // More aliases than this are a circle.
    private const int MostAliases = 8;

    // For what comes without a time to live.
    private static readonly TimeSpan _usualLife = TimeSpan.FromSeconds(10);

    private readonly DnsClient _client = new(options.Time);

    /// <summary>The addresses of a host, IPv4 first; null where nobody could say.</summary>
    public async Task<Resolved<IPAddress>?> AddressesAsync(string host, CancellationToken cancellation)
    {
        // Names that mean the same everywhere (RFC 6761).
        if (host == "localhost" || host.EndsWith(".localhost", StringComparison.Ordinal))
        {
            return new Resolved<IPAddress>([IPAddress.Loopback, IPAddress.IPv6Loopback], _usualLife);
        }

        // 1. This host's own file, unless servers were named.
        bool isOfSystem = options.DnsServers.Count == 0;
        if (isOfSystem && HostsFile.Find(host) is { Count: > 0 } known)
        {
            return new Resolved<IPAddress>(known, _usualLife);
        }

        // 2. DNS.
        ResolverConfig config = Config();
        bool isResponseed = false;
        foreach (string name in Candidates(host, config))
        {
            // A route to IPv6 that leads nowhere costs the whole connect time-out, so those addresses go last.
            Task<Resolved<AddressRecord>?> v6 = FindAsync<AddressRecord>(config, name, DnsRecordType.Aaaa, cancellation);
            Resolved<AddressRecord>? v4 = await FindAsync<AddressRecord>(config, name, DnsRecordType.A, cancellation);
            Resolved<AddressRecord>[] found = [.. new[] { v4, await v6 }.OfType<Resolved<AddressRecord>>()];
            isResponseed |= found.Length == 2;
            if (found.Any(f => f.Values.Count > 0))
            {
                return new Resolved<IPAddress>(
                    [.. found.SelectMany(f => f.Values).Select(r => r.Address)],
                    found.Where(f => f.Values.Count > 0).Min(f => f.TimeToLive)
                );
            }
        }

        // 3. The platform.
        return (isOfSystem ? await AskPlatformAsync(host, cancellation) : null)
            ?? (isResponseed ? new Resolved<IPAddress>([], TimeSpan.Zero) : null);
    }

    /// <summary>The servers of a service (RFC 2782); null where nobody could say.</summary>
    public Task<Resolved<SrvRecord>?> ServicesAsync(string name, CancellationToken cancellation) =>
        FindAsync<SrvRecord>(Config(), name.ToLowerInvariant(), DnsRecordType.Srv, cancellation);

    private ResolverConfig Config() =>
        options.DnsServers.Count > 0 ? new ResolverConfig { Servers = options.DnsServers } : ResolverConfig.OfSystem();

    // As resolv.conf(5) orders them.
    private static IEnumerable<string> Candidates(string host, ResolverConfig config)
    {
        IEnumerable<string> searched = config.Search.Select(domain => $"{host}.{domain}");
        return host.Count(c => c == '.') >= config.Dots ? searched.Prepend(host) : searched.Append(host);
    }

    private async Task<Resolved<T>?> FindAsync<T>(ResolverConfig config, string name, DnsRecordType type, CancellationToken cancellation)
        where T : DnsRecord
    {
        TimeSpan life = TimeSpan.MaxValue;
        for (int alias = 0; alias <= MostAliases; )
        {
            // Nobody has names below it (RFC 6761, section 6.4).
            if (name.EndsWith(".invalid", StringComparison.Ordinal))
            {
                return new Resolved<T>([], TimeSpan.Zero);
            }

            if (await _client.AskAsync(config, name, type, cancellation) is not { } response)
            {
                return null;
            }

            // A recursive server sends the aliases and what they lead to in one answer; any other only the first.
            bool hasMoved = false;
            while (response.Records.OfType<CnameRecord>().FirstOrDefault(r => r.Owner == name) is { } cname && alias++ <= MostAliases)
            {
                (name, life, hasMoved) = (cname.Target, Min(life, cname.TimeToLive), true);
            }

            T[] found = [.. response.Records.OfType<T>().Where(r => r.Owner == name)];
            if (found.Length > 0 || !hasMoved || response.Code == DnsAnswer.NoSuchName)
            {
                return new Resolved<T>(found, found.Aggregate(life, (shortest, r) => Min(shortest, r.TimeToLive)));
            }
        }

        return null;
    }

    private static async Task<Resolved<IPAddress>?> AskPlatformAsync(string host, CancellationToken cancellation)
    {
        try
        {
            return new Resolved<IPAddress>(await Dns.GetHostAddressesAsync(host, cancellation), _usualLife);
        }
        catch (SocketException)
        {
            return null;
        }
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}

using System.Globalization;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;
using Confgen.Runtime.Resolving;

namespace Confgen.Runtime.Upstreams;

/// <summary>A server found in SRV records.</summary>
/// <param name="Config">The server as a spec would say it.</param>
/// <param name="Tier">0 for the best priority; servers of a higher tier wait until no other is up.</param>
internal sealed record DiscoveredServer(UpstreamServer Config, int Tier)
{
    // Beside others a weight of 0 is "a very small chance of being selected" (RFC 2782): a 16th of the smallest share.
    private const int ShareOfOne = 16;

    /// <summary>
    /// The servers that records name, in an order that doesn't depend on theirs. A name that no host can have is left out.
    /// </summary>
    public static IReadOnlyList<DiscoveredServer> Of(IEnumerable<SrvRecord> records)
    {
        // The same host and port twice are one server, in its best place.
        SrvRecord[] good =
        [
            .. records
                .Where(r => AddressOf(r) is not null)
                .OrderBy(r => r.Priority)
                .ThenBy(r => r.Target, StringComparer.Ordinal)
                .ThenBy(r => r.Port)
                .DistinctBy(r => (r.Target, r.Port)),
        ];
        var found = new List<DiscoveredServer>();
        int tier = 0;
        foreach (IGrouping<int, SrvRecord> priority in good.GroupBy(r => r.Priority))
        {
            bool isMixed = priority.Any(r => r.Weight == 0) && priority.Any(r => r.Weight > 0);
            foreach (SrvRecord record in priority)
            {
                int weight = isMixed ? Math.Max(record.Weight * ShareOfOne, 1) : Math.Max(record.Weight, 1);
                if (AddressOf(record) is { } address)
                {
                    found.Add(new DiscoveredServer(new UpstreamServer { Address = address, Weight = weight }, tier));
                }
            }

            tier++;
        }

        return found;
    }

    /// <inheritdoc/>
    public override string ToString() => Config.Address.ToString();

    // The target becomes a part of heads and of a TLS greeting: it is read as strictly as a spec's own.
    private static ServerAddress? AddressOf(SrvRecord record) =>
        ServerAddress.TryParse(
            string.Create(CultureInfo.InvariantCulture, $"http://{record.Target}:{record.Port}"),
            out ServerAddress? address,
            out _
        )
        && address.Host == record.Target
            ? address
            : null;
}

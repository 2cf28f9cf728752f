using Confgen.Model.Upstreams;

namespace Confgen.Runtime.Upstreams;

/// <summary>
/// Chooses a server by the upstream's policy among those that are up; those of a higher tier, as backups, only while no other is.
/// </summary>
internal sealed class Balancer(Balance balance, Random random)
{
    private readonly Lock _lock = new();
    private long[] _credits = [];

    /// <summary>The server, or null where none can be had.</summary>
    public ServerState? Choose(ServerState[] servers, BalanceKey key, IReadOnlyList<ServerState>? tried, long now)
    {
        if (servers is [var only])
        {
            return tried is null && only.IsUp(now) ? only : null;
        }

        ServerState? chosen = null;
        for (int tier = 0; chosen is null && tier >= 0; tier = TierAbove(servers, tier))
        {
            chosen = ChooseAmong(servers, key, tried, now, tier);
        }

        return chosen;
    }

    private static int TierAbove(ServerState[] servers, int tier)
    {
        int next = -1;
        foreach (ServerState server in servers)
        {
            next = server.Tier > tier && (next < 0 || server.Tier < next) ? server.Tier : next;
        }

        return next;
    }

    private static bool HasRoom(ServerState server) => server.Config.MaxConns == 0 || server.Active < server.Config.MaxConns;

    private ServerState? ChooseAmong(ServerState[] servers, BalanceKey key, IReadOnlyList<ServerState>? tried, long now, int tier)
    {
        Span<bool> usable = servers.Length <= 64 ? stackalloc bool[servers.Length] : new bool[servers.Length];
        int count = 0;
        for (int i = 0; i < servers.Length; i++)
        {
            ServerState server = servers[i];
            usable[i] = server.Tier == tier && server.IsUp(now) && HasRoom(server) && tried?.Contains(server) != true;
            count += usable[i] ? 1 : 0;
        }

        return count == 0
            ? null
            : balance.Policy switch
            {
                BalancePolicy.First => servers[usable.IndexOf(true)],
                BalancePolicy.Random => AtRandom(servers, usable),
                BalancePolicy.LeastConn => LeastLoaded(servers, usable),
                BalancePolicy.Cookie => Named(servers, usable, key.Text) ?? InTurn(servers, usable),
                BalancePolicy.IpHash or BalancePolicy.UriHash or BalancePolicy.Header when key.Text is { } text => ByHash(
                    servers,
                    usable,
                    text
                ),
                _ => InTurn(servers, usable),
            };
    }

    private static ServerState? Named(ServerState[] servers, ReadOnlySpan<bool> usable, string? name)
    {
        for (int i = 0; i < servers.Length; i++)
        {
            if (usable[i] && servers[i].StickyName == name)
            {
                return servers[i];
            }
        }

        return null;
    }

    // Among those with the least load in turn, as nginx does: else the first one would get every request of a quiet hour.
    private ServerState LeastLoaded(ServerState[] servers, Span<bool> usable)
    {
        // Requests begin and end meanwhile: the comparison needs one view of them.
        Span<int> loads = servers.Length <= 64 ? stackalloc int[servers.Length] : new int[servers.Length];
        int best = -1;
        for (int i = 0; i < servers.Length; i++)
        {
            loads[i] = servers[i].Active;
            if (usable[i] && (best < 0 || Compare(i, best, loads) < 0))
            {
                best = i;
            }
        }

        for (int i = 0; i < servers.Length; i++)
        {
            usable[i] = usable[i] && Compare(i, best, loads) == 0;
        }

        return InTurn(servers, usable);

        // a/w against b/v without a division
        int Compare(int one, int other, ReadOnlySpan<int> active) =>
            ((long)active[one] * servers[other].Config.Weight).CompareTo((long)active[other] * servers[one].Config.Weight);
    }

    // Rendezvous hashing: when a server comes or goes, only its own keys move.
    private static ServerState ByHash(ServerState[] servers, ReadOnlySpan<bool> usable, string key)
    {
        (int best, double bestScore) = (-1, double.NegativeInfinity);
        for (int i = 0; i < servers.Length; i++)
        {
            if (!usable[i])
            {
                continue;
            }

            ulong hash = Hash(key, servers[i].StickyName);
            double score = servers[i].Config.Weight / -Math.Log(((hash >> 11) + 1) * (1.0 / ((1UL << 53) + 1)));
            if (score > bestScore)
            {
                (best, bestScore) = (i, score);
            }
        }

        return servers[best];
    }

    // FNV-1a, then the mixing of splitmix64: the same in every run, so that a restart moves nobody.
    private static ulong Hash(string key, string server)
    {
        ulong hash = 14695981039346656037;
        foreach (char c in server)
        {
            hash = (hash ^ c) * 1099511628211;
        }

        foreach (char c in key)
        {
            hash = (hash ^ c) * 1099511628211;
        }

        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EB;
        return hash ^ (hash >> 31);
    }

    private ServerState AtRandom(ServerState[] servers, ReadOnlySpan<bool> usable)
    {
        long total = 0;
        for (int i = 0; i < servers.Length; i++)
        {
            total += usable[i] ? servers[i].Config.Weight : 0;
        }

        long at;
        lock (_lock)
        {
            at = random.NextInt64(total);
        }

        int chosen = -1;
        for (int i = 0; at >= 0; i++)
        {
            if (usable[i])
            {
                at -= servers[i].Config.Weight;
                chosen = i;
            }
        }

        return servers[chosen];
    }

    // nginx's smooth weighted round robin: each turn every server gains its weight, and the richest pays the total.
    private ServerState InTurn(ServerState[] servers, ReadOnlySpan<bool> usable)
    {
        lock (_lock)
        {
            if (_credits.Length != servers.Length)
            {
                _credits = new long[servers.Length];
            }

            (int best, long total) = (-1, 0);
            for (int i = 0; i < servers.Length; i++)
            {
                if (usable[i])
                {
                    total += servers[i].Config.Weight;
                    _credits[i] += servers[i].Config.Weight;
                    best = best < 0 || _credits[i] > _credits[best] ? i : best;
                }
            }

            _credits[best] -= total;
            return servers[best];
        }
    }
}

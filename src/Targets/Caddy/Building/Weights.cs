using Confgen.Model.Upstreams;

namespace Confgen.Targets.Caddy.Building;

/// <summary>Weights for releases without them: a server is listed as often as its weight says, evenly spread.</summary>
internal static class Weights
{
    public static List<UpstreamServer> Spread(IReadOnlyList<UpstreamServer> servers)
    {
        int divisor = servers.Aggregate(0, static (all, server) => Divisor(all, server.Weight));
        int[] weights = [.. servers.Select(server => server.Weight / divisor)];
        int total = weights.Sum();
        int[] current = new int[weights.Length];
        var result = new List<UpstreamServer>(total);
        for (int turn = 0; turn < total; turn++)
        {
            // As nginx's smooth round robin: each gains its weight, the richest is chosen and pays for all.
            int best = 0;
            for (int i = 0; i < weights.Length; i++)
            {
                current[i] += weights[i];
                best = current[i] > current[best] ? i : best;
            }

            current[best] -= total;
            result.Add(servers[best]);
        }

        return result;
    }

    private static int Divisor(int a, int b) => b == 0 ? a : Divisor(b, a % b);
}

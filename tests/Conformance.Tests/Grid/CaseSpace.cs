using Confgen.Conformance.Tests.Wire;

namespace Confgen.Conformance.Tests.Grid;

/// <summary>
/// The values of the axes, the combinations that can be, and a choice of cases in which each possible pair of values occurs.
/// </summary>
internal sealed class CaseSpace(int seed, bool big)
{
    // How often other values are drawn around a pair, before it counts as impossible.
    private const int Draws = 60;

    private static readonly GridRequest[] _requests =
    [
        new("GET", 0, Framing.None),
        new("HEAD", 0, Framing.None),
        new("POST", 0, Framing.None),
        new("POST", 1, Framing.Length),
        new("PUT", 4096, Framing.Chunked),
        new("POST", 65_536, Framing.Length),
        new("PUT", 1_000_000, Framing.Chunked),
        new("POST", 20_000_000, Framing.Length),
        new("PUT", 0, Framing.Chunked),
        new("PUT", 0, Framing.Length),
    ];

    // Receive buffers grow by themselves to net.ipv4.tcp_rmem (6 to 32 MB), and there are two connections on the way.
    private const long LargerThanBuffers = 100_000_000;

    private readonly Random _random = new(seed);
    private readonly long[] _sizes = big
        ? [0, 1, 4096, 65_536, 1_000_000, 20_000_000, 2_000_000_000]
        : [0, 1, 4096, 65_536, 1_000_000, 20_000_000];

    private int[] Counts =>
        [
            Enum.GetValues<GridClient>().Length,
            Enum.GetValues<GridUpstream>().Length,
            Enum.GetValues<GridRoute>().Length,
            _requests.Length,
            3,
            _sizes.Length,
            Enum.GetValues<GridReader>().Length,
            Enum.GetValues<GridEnding>().Length,
            Enum.GetValues<GridExtra>().Length,
        ];

    /// <summary>The cases of the seed, the same each time.</summary>
    public IReadOnlyList<GridCase> Cases()
    {
        var cases = new List<GridCase>();
        var covered = new HashSet<(int Axis, int Value, int OtherAxis, int OtherValue)>();
        int[] counts = Counts;
        var pairs =
            from a in Enumerable.Range(0, counts.Length)
            from b in Enumerable.Range(a + 1, counts.Length - a - 1)
            from v in Enumerable.Range(0, counts[a])
            from w in Enumerable.Range(0, counts[b])
            select (a, v, b, w);
        (int, int, int, int)[] order = [.. pairs];
        _random.Shuffle(order);
        foreach ((int a, int v, int b, int w) in order)
        {
            if (covered.Contains((a, v, b, w)))
            {
                continue;
            }

            int[][] possible = [.. Enumerable.Range(0, Draws).Select(_ => Draw(counts, a, v, b, w)).Where(d => IsPossible(Make(d, 0)))];
            if (possible.Length == 0)
            {
                continue;
            }

            int[] best = possible.MaxBy(d => Pairs(d).Count(p => !covered.Contains(p))) ?? possible[0];
            covered.UnionWith(Pairs(best));
            cases.Add(Make(best, cases.Count + 1));
        }

        return cases;
    }

    private static IEnumerable<(int, int, int, int)> Pairs(int[] values) =>
        from a in Enumerable.Range(0, values.Length)
        from b in Enumerable.Range(a + 1, values.Length - a - 1)
        select (a, values[a], b, values[b]);

    private int[] Draw(int[] counts, int a, int v, int b, int w)
    {
        int[] drawn = [.. counts.Select(n => _random.Next(n))];
        drawn[a] = v;
        drawn[b] = w;
        return drawn;
    }

    private GridCase Make(int[] v, int number) =>
        new()
        {
            Number = number,
            Client = (GridClient)v[0],
            Upstream = (GridUpstream)v[1],
            Route = (GridRoute)v[2],
            Request = _requests[v[3]],
            Framing = v[4] switch
            {
                0 => Framing.Length,
                1 => Framing.Chunked,
                _ => Framing.Close,
            },
            Size = _sizes[v[5]] == 20_000_000 && (GridReader)v[6] == GridReader.Stops ? LargerThanBuffers : _sizes[v[5]],
            Reader = (GridReader)v[6],
            Ending = (GridEnding)v[7],
            Extra = (GridExtra)v[8],
        };

    private static bool IsPossible(GridCase c) =>
        // The client's protocol.
        !(c.IsHttp10 && c.Request.Framing == Framing.Chunked)
        && !(
            c.Extra == GridExtra.Pipelined
            && (c.Client is not (GridClient.Http11 or GridClient.Http11Tls) || c.LeavesUploading || c.Operates)
        )
        && !(
            c.Extra == GridExtra.Expects
            && (c.IsHttp10 || c.Client == GridClient.Http2 || c.Request.Length == 0 || !c.IsForwarded || c.ClientLeaves)
        )
        // The origin's.
        && !(c.Upstream == GridUpstream.H2c && c.Framing == Framing.Close)
        && !(c.Upstream == GridUpstream.Http10 && c.Framing == Framing.Chunked)
        && !(c.Extra == GridExtra.Interim && c.Upstream == GridUpstream.Http10)
        && !(c.Route == GridRoute.Files && c.Request.Method is not ("GET" or "HEAD"))
        // An ending needs something to be in the middle of.
        && !(c.OriginCuts && (!c.IsRelayed || c.Size == 0 || c.Request.Method == "HEAD" || c.Reader == GridReader.Stops))
        && !(
            c.Ending == GridEnding.OriginCloses
            && (c.Framing == Framing.Close || (c.Upstream == GridUpstream.H2c && c.Framing != Framing.Length))
        )
        // Sockets of the unix family have no reset.
        && !(c.Ending == GridEnding.OriginResets && c.Framing == Framing.Close && c.Upstream == GridUpstream.Unix)
        && !(c.Operates && (!c.IsRelayed || c.Reader == GridReader.Stops))
        && !(
            c.Ending is GridEnding.ClientCloses or GridEnding.ClientResets
            && !c.LeavesUploading
            && (!c.IsRelayed || c.Size < 2 || c.Request.Method == "HEAD")
        )
        && !(c.LeavesUploading && (!c.IsForwarded || c.Reader != GridReader.Quick))
        // Only what is larger than all buffers on the way can show that nobody takes it.
        && !(
            c.Reader == GridReader.Stops
            && (
                c.Size < LargerThanBuffers
                || c.Route is not (GridRoute.Plain or GridRoute.Guarded or GridRoute.Authorized)
                || c.Request.Method == "HEAD"
                || c.Ending != GridEnding.Regular
            )
        )
        // What has no origin has no upstream, framing or size of one.
        && !(
            !c.IsForwarded
            && (c.Upstream != GridUpstream.Kept || c.Framing != Framing.Length || c.Extra is not (GridExtra.None or GridExtra.Pipelined))
        )
        && !(!c.IsForwarded && c.Route != GridRoute.Files && c.Size != 4096)
        && c.Size < 1L << 31;
}

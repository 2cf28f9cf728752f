using System.Numerics;
using Confgen.Targets.Nginx.Views;

namespace Confgen.Targets.Nginx.Building;

/// <summary>
/// The sizes of nginx's hash tables. It doesn't start where a key is longer than a bucket, and says so of tables that are too small for
/// their keys; its defaults hold buckets of 64 bytes, 512 names, 2048 map keys and 1024 variables.
/// </summary>
internal static class HashSizes
{
    private const int DefaultBucket = 64;

    public static HashSizesView Of(IEnumerable<string> serverNames, IReadOnlyList<MapView> maps, bool countsVariables)
    {
        string[] largest = [];
        int longest = 0;
        foreach (MapView map in maps.Where(map => map.Kind == "map"))
        {
            string[] keys =
            [
                .. map
                    .Lines.Select(line => line.Key)
                    .Where(key => !key.StartsWith('~') && !key.StartsWith("\"~", StringComparison.Ordinal)),
            ];
            largest = keys.Length > largest.Length ? keys : largest;
            longest = Math.Max(longest, keys.Length == 0 ? 0 : keys.Max(key => key.Length));
        }

        string[] variables = [.. maps.Select(map => map.Variable.TrimStart('$'))];
        return new HashSizesView
        {
            ServerNames = Table([.. serverNames], 512),
            Maps = Table(largest, 2048, longest),

            // confgen/http.conf has room for all. Names of captures are longer by a word or two, and nginx has some 150 variables of its
            // own.
            Variables = !countsVariables
                ? null
                : Table(variables, 1024 / 3, variables.Length == 0 ? 0 : variables.Max(name => name.Length) + 8),
        };
    }

    private static HashSizeView? Table(string[] keys, int room, int longest = 0)
    {
        longest = Math.Max(longest, keys.Length == 0 ? 0 : keys.Max(key => key.Length));

        // An element is a pointer, a length and the key, rounded up; a bucket ends in a pointer.
        int element = 8 + ((longest + 2 + 7) / 8 * 8);
        bool many = keys.Length > room / 2;
        int bucket = Math.Max(DefaultBucket, (int)BitOperations.RoundUpToPowerOf2((uint)(element + 8)));
        bucket = many ? Math.Max(bucket, 4 * DefaultBucket) : bucket;
        return bucket == DefaultBucket && !many
            ? null
            : new HashSizeView(
                bucket > DefaultBucket ? bucket : null,
                many ? BitOperations.RoundUpToPowerOf2((uint)keys.Length * 2) : null
            );
    }
}

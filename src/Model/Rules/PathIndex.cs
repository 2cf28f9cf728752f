using System.Text;

namespace Confgen.Model.Rules;

/// <summary>Finds what is filed under a path, or under the prefixes of a path, without looking at anything else.</summary>
/// <typeparam name="T">What is filed.</typeparam>
internal sealed class PathIndex<T>
{
    private readonly Dictionary<byte[], List<T>> _byPath = new(new BytesComparer());
    private readonly Dictionary<byte[], List<T>>.AlternateLookup<ReadOnlySpan<byte>> _lookup;
    private int _longest;

    public PathIndex() => _lookup = _byPath.GetAlternateLookup<ReadOnlySpan<byte>>();

    /// <summary>Files something, behind what is there already.</summary>
    public void Add(string path, T item)
    {
        byte[] key = Encoding.UTF8.GetBytes(path);
        if (!_byPath.TryGetValue(key, out List<T>? items))
        {
            _byPath.Add(key, items = []);
        }

        items.Add(item);
        _longest = Math.Max(_longest, key.Length);
    }

    /// <summary>What is filed under a path; null for nothing.</summary>
    public List<T>? At(ReadOnlySpan<byte> path) => path.Length <= _longest && _lookup.TryGetValue(path, out List<T>? items) ? items : null;

    /// <summary>
    /// What is filed under the longest prefix of whole segments that is no longer than a length, which becomes that of the next shorter
    /// one. The prefix of length 0 is the last; null where nothing is left.
    /// </summary>
    /// <param name="path">A normalised path.</param>
    /// <param name="length">The length of the path at first; -1 at the end.</param>
    public List<T>? Above(ReadOnlySpan<byte> path, ref int length)
    {
        while (length >= 0)
        {
            List<T>? items = At(path[..length]);
            length = length == 0 ? -1 : Math.Max(0, path[..length].LastIndexOf((byte)'/'));
            if (items is not null)
            {
                return items;
            }
        }

        return null;
    }

    private sealed class BytesComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] bytes) => GetHashCode(bytes.AsSpan());

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = default(HashCode);
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}

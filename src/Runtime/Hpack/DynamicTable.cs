namespace Confgen.Runtime.Hpack;

/// <summary>The fields that a client has named before (RFC 7541, section 2.3.2), the newest first.</summary>
internal sealed class DynamicTable
{
    /// <summary>
    /// The size in bytes that clients may count on without asking (RFC 9113, section 6.5.2); this side never offers more.
    /// </summary>
    public const int MaxSize = 4096;

    // What each entry counts beside its name and its value (RFC 7541, section 4.1).
    private const int Overhead = 32;

    private readonly (byte[] Name, byte[] Value)[] _entries = new (byte[], byte[])[MaxSize / Overhead];
    private int _newest;
    private int _limit = MaxSize;
    private int _size;

    /// <summary>How many entries there are.</summary>
    public int Count { get; private set; }

    /// <summary>The name at an index, from 0.</summary>
    public byte[] Name(int index) => _entries[Place(index)].Name;

    /// <summary>The value at an index, from 0.</summary>
    public byte[] Value(int index) => _entries[Place(index)].Value;

    /// <summary>
    /// Adds a field and evicts what no longer fits; one that is larger than the table leaves it empty (RFC 7541, section 4.4).
    /// </summary>
    public void Add(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        int size = name.Length + value.Length + Overhead;
        byte[] keptName = size <= _limit ? name.ToArray() : [];
        EvictTo(_limit - size);
        if (size <= _limit)
        {
            _newest = (_newest + 1) % _entries.Length;
            _entries[_newest] = (keptName, value.ToArray());
            _size += size;
            Count++;
        }
    }

    /// <summary>The client says how large the table is from now on; false where that is more than it may be.</summary>
    public bool TryResize(int limit)
    {
        if (limit > MaxSize)
        {
            return false;
        }

        _limit = limit;
        EvictTo(limit);
        return true;
    }

    private void EvictTo(int size)
    {
        while (Count > 0 && _size > size)
        {
            int oldest = Place(Count - 1);
            _size -= _entries[oldest].Name.Length + _entries[oldest].Value.Length + Overhead;
            _entries[oldest] = default;
            Count--;
        }
    }

    private int Place(int index) => (_newest - index + _entries.Length) % _entries.Length;
}

namespace Confgen.Conformance.Tests.Wire.Http2;

/// <summary>The dynamic table of an HPACK decoder (RFC 7541, 2.3.2): the newest entry first.</summary>
/// <param name="size">Its size in bytes until the peer changes it.</param>
internal sealed class HeaderTable(int size)
{
    private readonly List<Field> _entries = [];
    private int _size = size;

    public Field? this[int index] => index >= 0 && index < _entries.Count ? _entries[index] : null;

    public void Add(Field field)
    {
        _entries.Insert(0, field);
        Evict();
    }

    public void Resize(int size)
    {
        _size = size;
        Evict();
    }

    private void Evict()
    {
        // An entry counts with 32 bytes beside its texts (RFC 7541, 4.1).
        while (_entries.Count > 0 && _entries.Sum(e => e.Name.Length + e.Value.Length + 32) > _size)
        {
            _entries.RemoveAt(_entries.Count - 1);
        }
    }
}

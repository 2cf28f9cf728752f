using System.Text;

namespace Confgen.Runtime.Hpack;

/// <summary>
/// A table of fields that both sides know before the first byte: HPACK's (RFC 7541, appendix A) or QPACK's (RFC 9204, appendix A).
/// </summary>
internal sealed class StaticFields
{
    private readonly (byte[] Name, byte[] Value)[] _entries;

    // The indexes of the entries with a name of that length.
    private readonly int[][] _byLength;

    public StaticFields(params ReadOnlySpan<(string Name, string Value)> fields)
    {
        _entries = [.. fields.ToArray().Select(f => (Encoding.ASCII.GetBytes(f.Name), Encoding.ASCII.GetBytes(f.Value)))];
        _byLength =
        [
            .. Enumerable
                .Range(0, 1 + _entries.Max(e => e.Name.Length))
                .Select(length => Enumerable.Range(0, _entries.Length).Where(i => _entries[i].Name.Length == length).ToArray()),
        ];
    }

    /// <summary>How many entries there are.</summary>
    public int Count => _entries.Length;

    /// <summary>The name at an index, from 0.</summary>
    public ReadOnlySpan<byte> Name(int index) => _entries[index].Name;

    /// <summary>The value at an index, from 0.</summary>
    public ReadOnlySpan<byte> Value(int index) => _entries[index].Value;

    /// <summary>The entry of a field, else the first with its name, which is in lower case; -1 where there is none.</summary>
    public int Find(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, out bool hasValue)
    {
        hasValue = false;
        int first = -1;
        foreach (int index in name.Length < _byLength.Length ? _byLength[name.Length] : [])
        {
            if (!_entries[index].Name.AsSpan().SequenceEqual(name))
            {
                continue;
            }

            first = first < 0 ? index : first;
            if (_entries[index].Value.AsSpan().SequenceEqual(value))
            {
                hasValue = true;
                return index;
            }
        }

        return first;
    }
}

using System.Text;

namespace Confgen.Runtime.Messages;

/// <summary>
/// The fields of a head or of trailers, as bytes in one buffer and as positions in an array: no string is made of what is only passed on.
/// An instance is used again for each message of a connection.
/// </summary>
internal sealed class FieldList : IFieldWriter
{
    private const int UsualBytes = 1024;
    private const int UsualFields = 24;

    // Many lists stay empty: trailers above all.
    private byte[] _bytes = [];
    private Field[] _fields = [];
    private int _length;

    /// <summary>The number of fields.</summary>
    public int Count { get; private set; }

    /// <summary>The bytes that the positions point into, first lines included.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    /// <summary>The field at an index.</summary>
    public Field this[int index] => _fields[index];

    /// <summary>Forgets everything, and gives back what an unusually large head took.</summary>
    public void Clear()
    {
        (Count, _length) = (0, 0);
        if (_bytes.Length > 16 * 1024)
        {
            _bytes = [];
        }

        if (_fields.Length > 256)
        {
            _fields = [];
        }
    }

    /// <summary>The name as it was sent.</summary>
    public ReadOnlySpan<byte> Name(int index) => _bytes.AsSpan(_fields[index].NameStart, _fields[index].NameLength);

    /// <summary>The value without the blanks around it.</summary>
    public ReadOnlySpan<byte> Value(int index) => _bytes.AsSpan(_fields[index].ValueStart, _fields[index].ValueLength);

    /// <summary>The value as text, byte by byte (Latin-1), so that nothing is lost.</summary>
    public string ValueText(int index) => Encoding.Latin1.GetString(Value(index));

    /// <summary>Adds bytes without a meaning yet, and tells where they start.</summary>
    public int Append(ReadOnlySpan<byte> bytes)
    {
        if (_length + bytes.Length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(UsualBytes, Math.Max(_bytes.Length * 2, _length + bytes.Length)));
        }

        int start = _length;
        bytes.CopyTo(_bytes.AsSpan(start));
        _length += bytes.Length;
        return start;
    }

    /// <summary>Makes a field of bytes that were appended before.</summary>
    public void Mark(int nameStart, int nameLength, int valueStart, int valueLength)
    {
        if (Count == _fields.Length)
        {
            Array.Resize(ref _fields, Math.Max(UsualFields, Count * 2));
        }

        _fields[Count++] = new Field(nameStart, nameLength, valueStart, valueLength, FieldKinds.Of(_bytes.AsSpan(nameStart, nameLength)));
    }

    /// <summary>Adds a field.</summary>
    public void Add(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        int nameStart = Append(name);
        int valueStart = Append(value);
        Mark(nameStart, name.Length, valueStart, value.Length);
    }

    /// <summary>Gives the field at an index another value.</summary>
    public void SetValue(int index, ReadOnlySpan<byte> value)
    {
        int start = Append(value);
        _fields[index] = _fields[index] with { ValueStart = start, ValueLength = value.Length };
    }

    /// <inheritdoc/>
    void IFieldWriter.AddField(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value) => Add(name, value);

    /// <inheritdoc/>
    void IFieldWriter.AddField(ReadOnlySpan<byte> name, string value) => Add(name, Encoding.Latin1.GetBytes(value));

    /// <summary>Removes the field at an index; the later ones move up.</summary>
    public void RemoveAt(int index)
    {
        _fields.AsSpan((index + 1)..Count).CopyTo(_fields.AsSpan(index));
        Count--;
    }

    /// <summary>Removes every field of that name.</summary>
    public void Remove(ReadOnlySpan<byte> name)
    {
        int kept = 0;
        for (int i = 0; i < Count; i++)
        {
            if (_fields[i].NameLength != name.Length || !Ascii.EqualsIgnoreCase(Name(i), name))
            {
                _fields[kept++] = _fields[i];
            }
        }

        Count = kept;
    }

    /// <summary>Removes every field of that kind.</summary>
    public void Remove(FieldKind kind)
    {
        int kept = 0;
        for (int i = 0; i < Count; i++)
        {
            if (_fields[i].Kind != kind)
            {
                _fields[kept++] = _fields[i];
            }
        }

        Count = kept;
    }

    /// <summary>The index of the first field of that kind at or behind an index, or -1.</summary>
    public int IndexOf(FieldKind kind, int from = 0)
    {
        for (int i = from; i < Count; i++)
        {
            if (_fields[i].Kind == kind)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The index of the first field of that name at or behind an index, or -1.</summary>
    public int IndexOf(ReadOnlySpan<byte> name, int from = 0)
    {
        for (int i = from; i < Count; i++)
        {
            if (_fields[i].NameLength == name.Length && Ascii.EqualsIgnoreCase(Name(i), name))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Takes over every field of another list.</summary>
    public void CopyFrom(FieldList other)
    {
        Clear();
        Append(other.Bytes);
        if (_fields.Length < other.Count)
        {
            _fields = new Field[other._fields.Length];
        }

        other._fields.AsSpan(0, other.Count).CopyTo(_fields);
        Count = other.Count;
    }
}

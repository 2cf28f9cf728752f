using System.Buffers;
using System.Buffers.Text;

namespace Confgen.Runtime.Transport;

/// <summary>Bytes put together before they are sent in one call.</summary>
internal sealed class OutputBuffer
{
    private byte[] _buffer = [];

    /// <summary>The bytes put together.</summary>
    public int Length { get; private set; }

    /// <summary>The bytes put together.</summary>
    public ReadOnlyMemory<byte> Memory => _buffer.AsMemory(0, Length);

    /// <summary>The bytes put together, to be changed where they stand.</summary>
    public Span<byte> Written => _buffer.AsSpan(0, Length);

    /// <summary>Adds bytes.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_buffer.AsSpan(Length));
        Length += bytes.Length;
    }

    /// <summary>Adds a decimal number.</summary>
    public void Write(long number)
    {
        Reserve(20);
        Utf8Formatter.TryFormat(number, _buffer.AsSpan(Length), out int written);
        Length += written;
    }

    /// <summary>Adds the size line of a chunk.</summary>
    public void WriteChunkSize(int size)
    {
        Reserve(10);
        Utf8Formatter.TryFormat(size, _buffer.AsSpan(Length), out int written, new StandardFormat('x'));
        Length += written;
        Write("\r\n"u8);
    }

    /// <summary>Adds a text whose characters are bytes (Latin-1).</summary>
    public void WriteLatin1(string text)
    {
        Reserve(text.Length);
        Length += System.Text.Encoding.Latin1.GetBytes(text, _buffer.AsSpan(Length));
    }

    /// <summary>Adds a field with its line end.</summary>
    public void WriteField(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        Reserve(name.Length + value.Length + 4);
        Span<byte> target = _buffer.AsSpan(Length);
        name.CopyTo(target);
        target = target[name.Length..];
        (target[0], target[1]) = ((byte)':', (byte)' ');
        value.CopyTo(target[2..]);
        target = target[(2 + value.Length)..];
        (target[0], target[1]) = ((byte)'\r', (byte)'\n');
        Length += name.Length + value.Length + 4;
    }

    /// <summary>Forgets the bytes and keeps the buffer.</summary>
    public void Clear() => Length = 0;

    /// <summary>Forgets the bytes and gives the buffer back.</summary>
    public void Release()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
        }

        Length = 0;
    }

    private void Reserve(int more)
    {
        if (Length + more <= _buffer.Length)
        {
            return;
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(InputBuffer.SmallSize, Math.Max(Length + more, _buffer.Length * 2)));
        _buffer.AsSpan(0, Length).CopyTo(larger);
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        _buffer = larger;
    }
}

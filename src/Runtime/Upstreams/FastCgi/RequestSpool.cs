using System.Buffers;
using Confgen.Runtime.Transport;
using Microsoft.Win32.SafeHandles;

namespace Confgen.Runtime.Upstreams.FastCgi;

/// <summary>
/// A request's body whose length isn't known before its end: a FastCGI server wants the length first. A short one stays in memory, a
/// longer one goes into a file without a name, or one that is removed with its handle.
/// </summary>
internal sealed class RequestSpool : IDisposable
{
    private const int MostInMemory = 256 * 1024;
    private const int PieceSize = 32 * 1024;

    private readonly MemoryStream _memory = new();
    private SafeFileHandle? _file;
    private long _written;

    /// <summary>One that has taken nothing; who closes the exchange disposes it.</summary>
    public static RequestSpool Empty() => new();

    /// <summary>The bytes taken.</summary>
    public long Length { get; private set; }

    /// <summary>Takes a piece.</summary>
    /// <exception cref="IOException">The file can't be written.</exception>
    public void Add(ReadOnlySpan<byte> piece)
    {
        if (_file is null && Length + piece.Length <= MostInMemory)
        {
            _memory.Write(piece);
        }
        else
        {
            _file ??= MoveToFile();
            RandomAccess.Write(_file, piece, Length);
        }

        Length += piece.Length;
    }

    /// <summary>Writes the next piece of what was taken as records; false at its end.</summary>
    public bool TryWriteNext(OutputBuffer output)
    {
        if (_file is not { } file)
        {
            ReadOnlySpan<byte> rest = _memory.GetBuffer().AsSpan((int)_written, (int)Math.Min(Length - _written, PieceSize));
            return TryWrite(output, rest);
        }

        byte[] piece = ArrayPool<byte>.Shared.Rent(PieceSize);
        try
        {
            return TryWrite(output, piece.AsSpan(0, RandomAccess.Read(file, piece, _written)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _file?.Dispose();
        _memory.Dispose();
    }

    private bool TryWrite(OutputBuffer output, ReadOnlySpan<byte> piece)
    {
        if (piece.IsEmpty)
        {
            return false;
        }

        RecordWriter.WriteStream(output, RecordType.Input, piece);
        _written += piece.Length;
        return true;
    }

    private SafeFileHandle MoveToFile()
    {
        string name = Path.Combine(Path.GetTempPath(), "confgen-body-" + Path.GetRandomFileName());
        SafeFileHandle file = File.OpenHandle(name, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, FileOptions.DeleteOnClose);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            File.Delete(name);
        }

        RandomAccess.Write(file, _memory.GetBuffer().AsSpan(0, (int)Length), 0);
        _memory.SetLength(0);
        return file;
    }
}

using Microsoft.Win32.SafeHandles;

namespace Confgen.Runtime.Upstreams.FastCgi;

/// <summary>
/// A request's body whose length isn't known before its end: a FastCGI server wants the length first. A short one stays in memory, a
/// longer one goes into a file without a name, or one that is removed with its handle.
/// </summary>
internal sealed class RequestSpool : IDisposable
{
    private const int MostInMemory = 256 * 1024;

    private readonly MemoryStream _memory = new();
    private SafeFileHandle? _file;

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

    /// <summary>Reads what was taken, from a place on; 0 at its end.</summary>
    public int Read(Span<byte> target, long from)
    {
        if (_file is { } file)
        {
            return RandomAccess.Read(file, target, from);
        }

        ReadOnlySpan<byte> rest = _memory.GetBuffer().AsSpan((int)from, (int)(Length - from));
        rest = rest[..Math.Min(rest.Length, target.Length)];
        rest.CopyTo(target);
        return rest.Length;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _file?.Dispose();
        _memory.Dispose();
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

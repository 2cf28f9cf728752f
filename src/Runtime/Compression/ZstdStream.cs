namespace Confgen.Runtime.Compression;

/// <summary>Compresses what is written by Zstandard. Disposing it ends the frame and leaves the output open.</summary>
internal sealed class ZstdStream(Stream output) : Stream
{
    // As the others here: the lowest, whose window of 512 KiB every client must take (RFC 9659 allows up to 8 MiB).
    private const int Level = 1;

    private readonly LibZstd.Context _context = LibZstd.Create(Level);
    private readonly byte[] _piece = new byte[16 * 1024];
    private bool _hasEnded;

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer) => Run(buffer, LibZstd.Continue);

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush() => Run([], LibZstd.Flush);

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !_hasEnded)
        {
            _hasEnded = true;
            Run([], LibZstd.End);
            _context.Dispose();
        }

        base.Dispose(disposing);
    }

    private unsafe void Run(ReadOnlySpan<byte> bytes, int directive)
    {
        fixed (byte* from = bytes)
        fixed (byte* to = _piece)
        {
            var input = new LibZstd.Area { Start = (nint)from, Size = (nuint)bytes.Length };
            while (true)
            {
                var piece = new LibZstd.Area { Start = (nint)to, Size = (nuint)_piece.Length };
                nuint left = LibZstd.Compress(_context, ref piece, ref input, directive);
                if (LibZstd.IsError(left) != 0)
                {
                    throw new IOException("libzstd can't compress");
                }

                output.Write(_piece, 0, (int)piece.At);

                // While it only takes input, what it still holds is its own affair.
                if (directive == LibZstd.Continue ? input.At == input.Size : left == 0)
                {
                    return;
                }
            }
        }
    }
}

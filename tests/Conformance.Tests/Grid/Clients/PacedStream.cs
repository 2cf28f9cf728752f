namespace Confgen.Conformance.Tests.Grid.Clients;

/// <summary>A stream that is read slowly for its first megabyte: in small pieces, with a pause before each.</summary>
internal sealed class PacedStream(Stream inner) : Stream
{
    private const int Piece = 16 * 1024;
    private const int Pauses = 64;

    private int _reads;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_reads++ >= Pauses)
        {
            return await inner.ReadAsync(buffer, cancellationToken);
        }

        await Task.Delay(10, cancellationToken);
        return await inner.ReadAsync(buffer[..Math.Min(buffer.Length, Piece)], cancellationToken);
    }

    public override void Flush() { }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

namespace Confgen.Conformance.Tests.Grid;

/// <summary>Compares what is written to it with a payload.</summary>
internal sealed class PayloadCheck(Payload wanted) : Stream
{
    private long _length;

    /// <summary>The offset of the first byte that is wrong; -1 where there is none.</summary>
    public long Mismatch { get; private set; } = -1;

    /// <summary>Completes when half of the payload has come.</summary>
    public TaskCompletionSource Half { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsWhole => Mismatch < 0 && _length == wanted.Length;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _length;

    public override long Position
    {
        get => _length;
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (Mismatch < 0 && wanted.Mismatch(buffer, _length) is var at and >= 0)
        {
            Mismatch = _length + at;
        }

        _length += buffer.Length;
        if (_length * 2 >= wanted.Length)
        {
            Half.TrySetResult();
        }
    }

    public override void Flush() { }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override string ToString() =>
        IsWhole ? $"all {_length} bytes"
        : Mismatch < 0 ? $"{_length} of {wanted.Length} bytes"
        : $"{_length} of {wanted.Length} bytes, wrong from byte {Mismatch} on";
}

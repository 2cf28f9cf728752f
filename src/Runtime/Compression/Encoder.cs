using System.IO.Compression;
using Confgen.Model.Sites;

namespace Confgen.Runtime.Compression;

/// <summary>Compresses a body that comes in pieces; what was written can be flushed at any time.</summary>
internal sealed class Encoder : IDisposable
{
    // The lowest, as of the others: its window of 512 KiB is one that every client takes (RFC 9659 allows up to 8 MiB).
    private const int ZstdLevel = 1;

    private readonly MemoryStream _output = new();
    private readonly Stream _stream;

    public Encoder(ContentCoding coding) =>
        _stream = coding switch
        {
            ContentCoding.Brotli => new BrotliStream(_output, CompressionLevel.Fastest, leaveOpen: true),
            ContentCoding.Zstd => new ZstdSharp.CompressionStream(_output, ZstdLevel, leaveOpen: true),
            _ => new GZipStream(_output, CompressionLevel.Fastest, leaveOpen: true),
        };

    /// <summary>Takes a piece, and gives what is compressed so far; valid until the next call.</summary>
    public ReadOnlyMemory<byte> Encode(ReadOnlySpan<byte> piece)
    {
        _output.SetLength(0);
        _stream.Write(piece);
        return Output;
    }

    /// <summary>Gives everything that was taken.</summary>
    public ReadOnlyMemory<byte> Flush()
    {
        _output.SetLength(0);
        _stream.Flush();
        return Output;
    }

    /// <summary>Ends the body and gives its rest.</summary>
    public ReadOnlyMemory<byte> End()
    {
        _output.SetLength(0);
        _stream.Dispose();
        return Output;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stream.Dispose();
        _output.Dispose();
    }

    private ReadOnlyMemory<byte> Output => _output.GetBuffer().AsMemory(0, (int)_output.Length);
}

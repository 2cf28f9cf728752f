using System.IO.Compression;
using Confgen.Model.Sites;

namespace Confgen.Runtime.Compression;

/// <summary>Compresses a body that comes in pieces; what was written can be flushed at any time.</summary>
internal sealed class Encoder : IDisposable
{
    private readonly MemoryStream _output = new();
    private readonly Stream _stream;

    public Encoder(ContentCoding coding) => _stream = coding switch
    {
        ContentCoding.Brotli => new BrotliStream(_output, CompressionLevel.Fastest, leaveOpen: true),
        ContentCoding.Zstd => new ZstdStream(_output),
        _ => new GZipStream(_output, CompressionLevel.Fastest, leaveOpen: true),
    };

    /// <summary>Whether this machine can do it.</summary>
    public static bool Has(ContentCoding coding) => coding != ContentCoding.Zstd || LibZstd.IsPresent;

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

using System.Threading.Channels;

namespace Confgen.Runtime.Observing;

/// <summary>
/// Writes the lines of one access log. A request hands its line over and goes on: where the disk is slower than the requests, lines are
/// dropped and counted instead of holding anybody up.
/// </summary>
internal sealed class AccessLogFile : IAsyncDisposable
{
    // Some seconds of a busy site.
    private const int MostWaiting = 64 * 1024;

    private readonly Channel<byte[]> _lines = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(MostWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    private readonly Func<Stream> _open;
    private readonly Action<string> _notice;
    private readonly Task _writing;
    private long _dropped;
    private volatile bool _reopen;

    public AccessLogFile(Func<Stream> open, Action<string> notice)
    {
        (_open, _notice) = (open, notice);
        _writing = Task.Run(WriteAsync);
    }

    /// <summary>Takes a line, its end included.</summary>
    public void Add(byte[] line)
    {
        if (!_lines.Writer.TryWrite(line))
        {
            Interlocked.Increment(ref _dropped);
        }
    }

    /// <summary>Opens the file anew before the next line, after it was renamed.</summary>
    public void Reopen() => _reopen = true;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _lines.Writer.TryComplete();
        await _writing;
    }

    private async Task WriteAsync()
    {
        Stream? stream = null;
        try
        {
            while (await _lines.Reader.WaitToReadAsync())
            {
                if (stream is null || _reopen)
                {
                    _reopen = false;
                    stream?.Dispose();
                    stream = _open();
                }

                while (_lines.Reader.TryRead(out byte[]? line))
                {
                    await stream.WriteAsync(line);
                }

                await stream.FlushAsync();
                if (Interlocked.Exchange(ref _dropped, 0) is > 0 and var dropped)
                {
                    _notice($"the access log can't keep up: {dropped} lines were left out");
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _notice($"the access log can't be written, so it ends: {e.Message}");
            _lines.Writer.TryComplete();
        }
        finally
        {
            stream?.Dispose();
        }
    }
}

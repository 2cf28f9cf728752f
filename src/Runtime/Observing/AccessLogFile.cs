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

    // Milliseconds.
    private const int BetweenTries = 1000;

    private readonly Channel<byte[]> _lines = Channel.CreateBounded<byte[]>(
        new BoundedChannelOptions(MostWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait }
    );
    private readonly Func<Stream> _open;
    private readonly Action<string> _notice;
    private readonly Task _writing;
    private Stream? _stream;
    private long _dropped;
    private volatile bool _reopen;
    private bool _isBroken;
    private long _retryAt;

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
        try
        {
            while (await _lines.Reader.WaitToReadAsync())
            {
                while (_lines.Reader.TryRead(out byte[]? line))
                {
                    if (!await TryAsync(async () => await Opened().WriteAsync(line)))
                    {
                        Interlocked.Increment(ref _dropped);
                    }
                }

                await TryAsync(async () => await (_stream?.FlushAsync() ?? Task.CompletedTask));
                if (!_isBroken && Interlocked.Exchange(ref _dropped, 0) is > 0 and var dropped)
                {
                    _notice($"the access log was not written for a while: {dropped} lines were left out");
                }
            }
        }
        finally
        {
            _stream?.Dispose();
        }
    }

    private Stream Opened()
    {
        if (_reopen)
        {
            _reopen = false;
            _stream?.Dispose();
            _stream = null;
        }

        return _stream ??= _open();
    }

    // A disk that is full, or a folder that is gone, comes back: until then it is tried once in a while, and told once.
    private async Task<bool> TryAsync(Func<Task> write)
    {
        if (_isBroken && !_reopen && Environment.TickCount64 < _retryAt)
        {
            return false;
        }

        try
        {
            await write();
            _isBroken = false;
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (!_isBroken)
            {
                _notice($"the access log can't be written: {e.Message}");
            }

            (_isBroken, _retryAt) = (true, Environment.TickCount64 + BetweenTries);
            try
            {
                _stream?.Dispose();
            }
            catch (IOException)
            {
                // What was buffered is lost with the rest.
            }

            _stream = null;
            return false;
        }
    }
}

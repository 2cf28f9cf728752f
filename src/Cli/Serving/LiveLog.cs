using System.Globalization;
using System.Threading.Channels;
using Confgen.Cli.Output;
using Confgen.Runtime.Observing;

namespace Confgen.Cli.Serving;

/// <summary>
/// Shows each request to the person who develops behind the proxy. A request hands itself over and goes on: what a slow terminal can't take
/// is left out and counted.
/// </summary>
internal sealed class LiveLog : IAsyncDisposable
{
    private const int MostWaiting = 4096;

    private readonly Channel<ServedRequest> _requests = Channel.CreateBounded<ServedRequest>(
        new BoundedChannelOptions(MostWaiting) { SingleReader = true }
    );
    private readonly TextWriter _writer;
    private readonly TimeProvider _time;
    private readonly Paint _paint;
    private readonly Task _writing;
    private long _leftOut;

    /// <param name="writer">Where lines go.</param>
    /// <param name="hasColours">Whether colours are wanted there.</param>
    /// <param name="time">The clock.</param>
    public LiveLog(TextWriter writer, bool hasColours, TimeProvider time)
    {
        (_writer, _time, _paint) = (writer, time, new Paint(hasColours));
        _writing = Task.Run(WriteAsync);
    }

    /// <summary>Takes a request, from any thread.</summary>
    public void Add(ServedRequest request)
    {
        if (!_requests.Writer.TryWrite(request))
        {
            Interlocked.Increment(ref _leftOut);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _requests.Writer.TryComplete();
        await _writing;
    }

    private async Task WriteAsync()
    {
        await foreach (ServedRequest request in _requests.Reader.ReadAllAsync())
        {
            await _writer.WriteLineAsync(Line(request));
            if (Interlocked.Exchange(ref _leftOut, 0) is > 0 and var leftOut)
            {
                await _writer.WriteLineAsync(_paint.Dim($"         {leftOut} requests were faster than this terminal"));
            }
        }
    }

    private string Line(ServedRequest request)
    {
        string clock = _time.GetLocalNow().ToString("HH:mm:ss", CultureInfo.InvariantCulture);
        string place = request.Server is null
            ? ""
            : $"  -> {(request.Upstream is { } name && !name.Contains("://", StringComparison.Ordinal) ? $"{name} " : "")}{request.Server}";
        string route = request.Route ?? "no route";
        return $"{_paint.Dim(clock)} {_paint.Bold($"{Visible.Text(request.Method), -7}")} {Status(request.Status)} "
            + $"{Time(request.Took), 8}  {Visible.Text(request.Host + request.Target)}{_paint.Cyan(Visible.Text(place))}{Error(request)}  "
            + $"{_paint.Dim(Visible.Text(route))}";
    }

    private string Error(ServedRequest request) => request.Error is { } error ? _paint.Red($"  {error.Replace('_', ' ')}") : "";

    private string Status(int status) =>
        (status / 100) switch
        {
            0 => _paint.Dim("left"),
            1 or 2 => _paint.Green($"{status} "),
            3 => _paint.Cyan($"{status} "),
            4 => _paint.Yellow($"{status} "),
            _ => _paint.Red($"{status} "),
        };

    private static string Time(TimeSpan took) =>
        took.TotalSeconds >= 10 ? string.Create(CultureInfo.InvariantCulture, $"{took.TotalSeconds:0.0}s")
        : took.TotalMilliseconds >= 10 ? string.Create(CultureInfo.InvariantCulture, $"{took.TotalMilliseconds:0}ms")
        : string.Create(CultureInfo.InvariantCulture, $"{took.TotalMilliseconds:0.0}ms");
}

namespace Confgen.Cli.Output;

/// <summary>Says on a terminal what takes long; nothing elsewhere, and nothing where it is quick.</summary>
internal sealed class Progress : IDisposable
{
    private static readonly TimeSpan _long = TimeSpan.FromSeconds(1);

    private readonly TextWriter _writer;
    private readonly ITimer? _timer;
    private readonly Lock _lock = new();
    private string _now = "";
    private bool _shown;

    public Progress(CliEnvironment surroundings)
    {
        _writer = surroundings.Error;
        if (surroundings.ErrorTerminal.IsTerminal)
        {
            _timer = surroundings.Clock.CreateTimer(_ => Draw(), null, _long, _long);
        }
    }

    /// <summary>Names the work that begins.</summary>
    public void Show(string work)
    {
        lock (_lock)
        {
            _now = work;
        }
    }

    /// <summary>Takes the line away and stays silent: something else is about to be written.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _now = "";
            if (_shown)
            {
                _writer.Write("\r\e[K");
                _shown = false;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer?.Dispose();
        Clear();
    }

    private void Draw()
    {
        lock (_lock)
        {
            if (_now.Length > 0)
            {
                _writer.Write($"\r\e[K{Visible.Text(_now)} ...");
                _shown = true;
            }
        }
    }
}

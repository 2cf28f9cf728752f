using System.Globalization;

namespace Confgen.Runtime.Upstreams;

/// <summary>
/// Tells the operator why the servers of an upstream fail: a line for each server and cause at once, then no more than one in ten seconds,
/// with a count.
/// </summary>
/// <param name="upstream">The upstream's name.</param>
/// <param name="notice">Receives what is as it should be again.</param>
/// <param name="warn">Receives what is wrong.</param>
/// <param name="time">The clock.</param>
internal sealed class UpstreamErrorLog(string upstream, Action<string> notice, Action<string> warn, TimeProvider time)
{
    private const int Words = -1;

    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Server, int Cause), (long At, int Untold)> _told = [];

    /// <summary>Takes note of an error.</summary>
    /// <param name="server">The server's URL; null where none could be chosen.</param>
    /// <param name="error">The error.</param>
    public void Add(string? server, UpstreamError error) => Add(server, error.Index, error.ToString());

    /// <summary>Takes note of what a server says itself, as a FastCGI server on its error stream.</summary>
    public void Said(ServerState server, string text) =>
        Add(server.Address.ToString(), Words, "it says: " + string.Concat(text.Trim().Select(c => char.IsControl(c) ? ' ' : c)));

    private void Add(string? server, int cause, string text)
    {
        int untold;
        lock (_lock)
        {
            (string, int) key = (server ?? "", cause);
            if (_told.TryGetValue(key, out (long At, int Untold) last) && time.GetElapsedTime(last.At) < _pause)
            {
                _told[key] = (last.At, last.Untold + 1);
                return;
            }

            untold = last.Untold;
            _told[key] = (time.GetTimestamp(), 0);
        }

        string place = server is null || server == upstream ? upstream : $"{upstream}: {server}";
        warn(
            string.Create(
                CultureInfo.InvariantCulture,
                $"upstream {place}: {text}{(untold > 0 ? $" ({untold} more since the last such line)" : "")}"
            )
        );
    }

    /// <summary>Says that a server is used again.</summary>
    public void Tell(ServerState server, string what) => notice(Line(server, what));

    /// <summary>Says why a server is used no more.</summary>
    public void Warn(ServerState server, string what) => warn(Line(server, what));

    private string Line(ServerState server, string what) => $"upstream {upstream}: {server.Address} {what}";
}

using System.Globalization;

namespace Confgen.Runtime.Upstreams;

/// <summary>Tells the operator why the servers of an upstream fail: a line for each server and cause at once, then no more than one in ten seconds, with a count.</summary>
internal sealed class UpstreamErrorLog(string upstream, Action<string> notice, TimeProvider time)
{
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Server, int Cause), (long At, int Untold)> _told = [];

    /// <summary>Takes note of an error.</summary>
    /// <param name="server">The server's URL; null where none could be chosen.</param>
    /// <param name="error">The error.</param>
    public void Add(string? server, UpstreamError error)
    {
        int untold;
        lock (_lock)
        {
            (string, int) key = (server ?? "", error.Index);
            if (_told.TryGetValue(key, out (long At, int Untold) last) && time.GetElapsedTime(last.At) < _pause)
            {
                _told[key] = (last.At, last.Untold + 1);
                return;
            }

            untold = last.Untold;
            _told[key] = (time.GetTimestamp(), 0);
        }

        string place = server is null || server == upstream ? upstream : $"{upstream}: {server}";
        notice(string.Create(CultureInfo.InvariantCulture, $"upstream {place}: {error}{(untold > 0 ? $" ({untold} more since the last such line)" : "")}"));
    }

    /// <summary>Tells what else is to be said of a server.</summary>
    public void Tell(ServerState server, string what) => notice($"upstream {upstream}: {server.Address} {what}");
}

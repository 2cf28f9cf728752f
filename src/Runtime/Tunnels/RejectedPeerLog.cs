using System.Globalization;
using System.Net;

namespace Confgen.Runtime.Tunnels;

/// <summary>
/// Tells the operator who was refused at a portal: a few lines in a while and then a count, since a port scan must not fill a disk.
/// </summary>
internal sealed class RejectedPeerLog(string listener, ProxyOptions options)
{
    private const int MostLines = 10;

    private static readonly TimeSpan _while = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private long _began = options.Time.GetTimestamp();
    private int _lines;
    private int _untold;

    /// <summary>Takes note of a refusal.</summary>
    public void Refused(EndPoint? from, string why)
    {
        int untold = 0;
        lock (_lock)
        {
            if (options.Time.GetElapsedTime(_began) >= _while)
            {
                (_began, _lines, untold, _untold) = (options.Time.GetTimestamp(), 0, _untold, 0);
            }

            if (++_lines > MostLines)
            {
                _untold++;
                return;
            }
        }

        options.Notice(
            $"portal {listener}: refused {from}: "
                + $"{why}{(untold > 0 ? string.Create(CultureInfo.InvariantCulture, $"; {untold} more were refused before") : "")}"
        );
    }
}

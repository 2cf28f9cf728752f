using System.Net;
using System.Net.Sockets;

namespace Confgen.Runtime.Listening;

/// <summary>
/// Failures to accept connections. Where the system has no descriptors or memory left, the next try would fail as well: the pauses grow up
/// to half a second, and the operator is told once, and again when it is over.
/// </summary>
/// <param name="endPoint">Where connections are accepted.</param>
/// <param name="notice">Receives the lines.</param>
internal sealed class AcceptFailures(EndPoint? endPoint, Action<string> notice)
{
    private static readonly TimeSpan _first = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan _longest = TimeSpan.FromMilliseconds(500);

    private TimeSpan _pause = _first;
    private bool _isTold;

    /// <summary>Takes a failure; gives the time to wait before the next try.</summary>
    public TimeSpan Add(SocketException failure)
    {
        if (
            failure.SocketErrorCode
            is SocketError.ConnectionAborted
                or SocketError.ConnectionReset
                or SocketError.HostUnreachable
                or SocketError.NetworkUnreachable
                or SocketError.TimedOut
        )
        {
            // A client that left before it was accepted: the next one may be there.
            return TimeSpan.Zero;
        }

        if (!_isTold)
        {
            _isTold = true;
            string wayOut =
                failure.SocketErrorCode == SocketError.TooManyOpenSockets
                    ? "; raise the limit of open files (LimitNOFILE= of systemd, ulimit -n)"
                    : "";
            notice($"{endPoint}: new connections can't be accepted for now: {failure.Message}{wayOut}");
        }

        TimeSpan pause = _pause;
        _pause = _pause * 2 < _longest ? _pause * 2 : _longest;
        return pause;
    }

    /// <summary>Takes note of a connection that was accepted.</summary>
    public void End()
    {
        if (_isTold)
        {
            notice($"{endPoint}: new connections are accepted again");
        }

        (_pause, _isTold) = (_first, false);
    }
}

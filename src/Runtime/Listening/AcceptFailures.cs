using System.Net;
using System.Net.Sockets;
using Confgen.Files;

namespace Confgen.Runtime.Listening;

/// <summary>
/// Failures to accept connections. Where the system has no descriptors or memory left, the next try would fail as well: the pauses grow up
/// to half a second, and the operator is told, and told again when it is over, no more than once in ten seconds.
/// </summary>
/// <param name="endPoint">Where connections are accepted.</param>
/// <param name="notice">Receives the lines.</param>
/// <param name="time">The clock.</param>
internal sealed class AcceptFailures(EndPoint? endPoint, Action<string> notice, TimeProvider time)
{
    private static readonly TimeSpan _first = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan _longest = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan _betweenLines = TimeSpan.FromSeconds(10);

    private TimeSpan _pause = _first;
    private bool _isTold;
    private long? _toldAt;

    /// <summary>Takes a failure; gives the time to wait before the next try.</summary>
    public TimeSpan Add(SocketException failure) =>
        failure.SocketErrorCode switch
        {
            // A client that left before it was accepted: the next one may be there.
            SocketError.ConnectionAborted
            or SocketError.ConnectionReset
            or SocketError.HostUnreachable
            or SocketError.NetworkUnreachable
            or SocketError.TimedOut => TimeSpan.Zero,
            SocketError.TooManyOpenSockets => Add($"{failure.Message}; {Descriptors.WayOut}"),
            _ => Add(failure.Message),
        };

    /// <summary>Takes note that a connection has one of the last descriptors; gives the time to wait before the next look.</summary>
    public TimeSpan AddShortage() => Add($"too few descriptors are left; {Descriptors.WayOut}");

    /// <summary>Takes note of a connection that was accepted.</summary>
    public void End()
    {
        if (_isTold)
        {
            notice($"{endPoint}: new connections are accepted again");
        }

        (_pause, _isTold) = (_first, false);
    }

    private TimeSpan Add(string reason)
    {
        if (!_isTold && (_toldAt is not { } last || time.GetElapsedTime(last) >= _betweenLines))
        {
            (_isTold, _toldAt) = (true, time.GetTimestamp());
            notice($"{endPoint}: new connections can't be accepted for now: {reason}");
        }

        TimeSpan pause = _pause;
        _pause = _pause * 2 < _longest ? _pause * 2 : _longest;
        return pause;
    }
}

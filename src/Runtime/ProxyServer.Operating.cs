using System.Net.Sockets;
using Confgen.Model.Sources;
using Confgen.Runtime.Admin;
using Confgen.Runtime.Handover;
using Confgen.Runtime.Listening;
using Confgen.Runtime.Observing;

namespace Confgen.Runtime;

public sealed partial class ProxyServer
{
    /// <summary>Answers the operator at an address, from now to the end; null, or why it can't be bound.</summary>
    public StartFailure? OpenAdmin(AdminAddress address)
    {
        bool IsReady() => _isStarted && !_isStopping;
        int Connections() => _connections.Count + Http3.Count + _streams.Count;
        var status = new StatusPage(_metrics, _recent);
        var handler = new AdminHandler(
            address,
            IsReady,
            () => string.Concat(_acme.Statuses.Select(s => s.Trouble).Where(t => t.Length > 0).Select(t => t + "\n")),
            () => MetricsPage.Write(_metrics, Connections(), _upstreams.All, _pipeline.Table, _acme.Statuses, _watch.Now),
            () => ConfigPage.Write(Volatile.Read(ref _spec)),
            () => status.Write(IsReady(), Connections(), _upstreams.All, _pipeline.Table, _acme.Statuses, _watch.Now)
        );
        _recent.Open();
        try
        {
            _adminAt.Add(address.EndPoint);
            _admin = new AdminServer(address, handler, _inherited, _watch, _options);

            // Where another process serves until now, that one answers.
            if (_options.Passed is null)
            {
                _admin.Start();
            }

            return null;
        }
        catch (SocketException e)
        {
            return new StartFailure(SourceSpan.None, $"--admin: {BindFailures.Explain(address.EndPoint, e)}");
        }
    }

    /// <summary>Awaits the process that serves next at a unix socket, once a spec is served; null, or why it can't be bound.</summary>
    public StartFailure? OpenHandover(string path)
    {
        try
        {
            _adminAt.Add(new UnixDomainSocketEndPoint(path));
            _handover = new HandoverServer(path, _inherited, _options.Notice);
            return null;
        }
        catch (SocketException e)
        {
            return new StartFailure(SourceSpan.None, $"--handover: {BindFailures.Explain(new UnixDomainSocketEndPoint(path), e)}");
        }
    }

    /// <summary>Whether a process waits to serve in this one's place.</summary>
    public bool HasSuccessor => _handover?.HasSuccessor == true;

    /// <summary>
    /// Gives the listening sockets to the process that waits, and waits until it serves: its id (0 where it isn't known), and
    /// <see cref="StopAsync"/> follows. Null where it can't serve, and this process goes on.
    /// </summary>
    public Task<int?> HandOverAsync(CancellationToken cancellation) =>
        _handover is { } handover
            ? handover.HandOverAsync(
                [.. _listeners.All, .. _portals.Listeners, .. _admin is { } admin ? new[] { admin.Listener } : [], handover.Listener],
                cancellation
            )
            : Task.FromResult<int?>(null);

    /// <summary>
    /// The process that served before has ended, and left the ports of UDP. True where the spec needs them: it must be served again to have
    /// HTTP/3.
    /// </summary>
    public bool PredecessorEnded()
    {
        _http3Endpoints.IsHeldBack = false;
        return ListenPlan.Of(Volatile.Read(ref _spec), _options).Any(_http3Endpoints.IsWanted);
    }
}

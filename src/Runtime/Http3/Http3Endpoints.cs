using System.Net;
using System.Net.Sockets;
using Confgen.Runtime.Http3.Quic;
using Confgen.Runtime.Listening;
using Confgen.Runtime.Tls;

namespace Confgen.Runtime.Http3;

/// <summary>The addresses where HTTP/3 is accepted: those of listeners of TCP whose sites ask for it. A reload keeps what stays.</summary>
/// <param name="server">Serves what is accepted.</param>
/// <param name="certificates">The certificates of a listener as they are at the time of a handshake.</param>
/// <param name="inherited">Sockets that were handed over: their addresses are somebody else's, who has none of UDP.</param>
internal sealed class Http3Endpoints(Http3Server server, Func<string, TlsTable?> certificates, InheritedSockets inherited)
{
    private readonly List<QuicEndpoint> _endpoints = [];
    private readonly List<QuicEndpoint> _opened = [];

    /// <summary>
    /// Whether another process has the ports still. QUIC's sockets can't be passed on, and two processes that share a port would each get
    /// packets of the other's connections: until it ends clients are told of HTTP/2 alone.
    /// </summary>
    public bool IsHeldBack { get; set; }

    /// <summary>Whether HTTP/3 can be spoken where a listener is.</summary>
    public bool IsWanted(ListenPlan plan) =>
        QuicPlatform.IsHere && !IsHeldBack && plan is { Http3: true, EndPoint: IPEndPoint } && !inherited.Has(plan.EndPoint);

    /// <summary>Whether HTTP/3 is accepted at an address.</summary>
    public bool Has(EndPoint endPoint) => _endpoints.Exists(e => e.Plan.EndPoint.Equals(endPoint));

    /// <summary>Opens what a spec needs beside what is open.</summary>
    public async Task PrepareAsync(IReadOnlyList<ListenPlan> plans, List<StartFailure> failures)
    {
        foreach (ListenPlan plan in plans.Where(p => IsWanted(p) && !Has(p.EndPoint)))
        {
            try
            {
                _opened.Add(await QuicEndpoint.BindAsync(plan, certificates));
            }
            catch (SocketException e)
            {
                failures.Add(new StartFailure(plan.Address.At.Span, BindFailures.Explain(plan, e) + " (UDP, for HTTP/3)"));
            }
        }
    }

    /// <summary>Closes what was opened for a spec that isn't served.</summary>
    public async Task WithdrawAsync()
    {
        foreach (QuicEndpoint endpoint in _opened)
        {
            await endpoint.DisposeAsync();
        }

        _opened.Clear();
    }

    /// <summary>Serves another spec. Connections of what it doesn't have any more may finish what they do.</summary>
    public async Task TakeOverAsync(IReadOnlyList<ListenPlan> plans)
    {
        foreach (QuicEndpoint endpoint in _endpoints.ToArray())
        {
            if (plans.FirstOrDefault(p => IsWanted(p) && p.EndPoint.Equals(endpoint.Plan.EndPoint)) is { } plan)
            {
                endpoint.Plan = plan;
                continue;
            }

            _endpoints.Remove(endpoint);
            await endpoint.DisposeAsync();
            server.Leave(endpoint.Plan.Key);
        }

        foreach (QuicEndpoint endpoint in _opened)
        {
            _endpoints.Add(endpoint);
            _ = endpoint.AcceptAsync((transport, client, plan) => server.ServeAsync(transport, client, plan.HeadLimit));
        }

        _opened.Clear();
    }

    /// <summary>Accepts nothing more.</summary>
    public async Task CloseAsync()
    {
        foreach (QuicEndpoint endpoint in _endpoints)
        {
            await endpoint.DisposeAsync();
        }

        _endpoints.Clear();
    }
}

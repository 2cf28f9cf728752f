using System.Net;
using System.Net.Sockets;

namespace Confgen.Runtime.Listening;

/// <summary>Says why an address can't be bound, and the way out.</summary>
internal static class BindFailures
{
    /// <summary>One line for the operator.</summary>
    public static string Explain(ListenPlan plan, SocketException e) =>
        e.SocketErrorCode switch
        {
            SocketError.AccessDenied when plan.Address.Port is 80 =>
                $"{plan.EndPoint}: ports below 1024 need a privilege: run with --http-port 8080, or give the program CAP_NET_BIND_SERVICE",
            SocketError.AccessDenied when plan.Address.Port is 443 =>
                $"{plan.EndPoint}: ports below 1024 need a privilege: run with --https-port 8443, or give the program CAP_NET_BIND_SERVICE",
            _ => Explain(plan.EndPoint, e),
        };

    /// <summary>The same of an address that isn't the spec's.</summary>
    public static string Explain(EndPoint endPoint, SocketException e) =>
        e.SocketErrorCode switch
        {
            SocketError.AccessDenied => $"{endPoint}: this user may not bind it",
            SocketError.AddressAlreadyInUse => $"{endPoint}: another program listens there already",
            SocketError.AddressNotAvailable when endPoint is UnixDomainSocketEndPoint => $"{endPoint}: there is no such directory",
            SocketError.AddressNotAvailable => $"{endPoint}: no interface of this host has the address",
            _ => $"{endPoint}: {e.Message}",
        };
}

using System.Net.Sockets;

namespace Confgen.Runtime.Listening;

/// <summary>Says why an address can't be bound, and the way out.</summary>
internal static class BindFailures
{
    /// <summary>One line for the operator.</summary>
    public static string Explain(ListenPlan plan, SocketException e) => e.SocketErrorCode switch
    {
        SocketError.AccessDenied when plan.Address.Port is 80 => $"{plan.EndPoint}: ports below 1024 need a privilege: run with --http-port 8080, or give the program CAP_NET_BIND_SERVICE",
        SocketError.AccessDenied when plan.Address.Port is 443 => $"{plan.EndPoint}: ports below 1024 need a privilege: run with --https-port 8443, or give the program CAP_NET_BIND_SERVICE",
        SocketError.AccessDenied => $"{plan.EndPoint}: this user may not bind it",
        SocketError.AddressAlreadyInUse => $"{plan.EndPoint}: another program listens there already",
        SocketError.AddressNotAvailable => $"{plan.EndPoint}: no interface of this host has the address",
        _ => $"{plan.EndPoint}: {e.Message}",
    };
}

using System.Net;
using System.Net.Sockets;
using Confgen.Model;
using Confgen.Model.Rules;
using Confgen.Model.Sites;
using Confgen.Model.Streams;

namespace Confgen.Runtime.Listening;

/// <summary>A listener that a spec asks for.</summary>
/// <param name="Key">Its name within the run: what the spec says of the address.</param>
/// <param name="Address">What the spec says.</param>
/// <param name="EndPoint">What is bound for it.</param>
/// <param name="IsTls">Whether TLS is spoken there.</param>
/// <param name="Http2">Whether HTTP/2 is offered.</param>
/// <param name="Http3">Whether a site asks for HTTP/3 there.</param>
/// <param name="HeadLimit">The largest head that any of its sites takes.</param>
internal sealed record ListenPlan(string Key, ListenAddress Address, EndPoint EndPoint, bool IsTls, bool Http2, bool Http3, int HeadLimit)
{
    /// <summary>The port that is bound; 0 for a unix socket.</summary>
    public int Port => EndPoint is IPEndPoint { Port: var port } ? port : 0;

    /// <summary>The stream whose connections these are; null for sites'.</summary>
    public TcpStream? Stream { get; init; }

    /// <summary>The listeners of a spec, those for redirects to https and those of streams included.</summary>
    public static IEnumerable<ListenPlan> Of(Spec spec, ProxyOptions options)
    {
        foreach (ListenerModel listener in Listeners.Of(spec))
        {
            IEnumerable<Site> sites = listener.Sites.Concat(listener.Redirects);
            yield return new ListenPlan(
                listener.Address.ToString(),
                listener.Address,
                EndPointOf(listener.Address, options),
                listener.HasTls,
                listener.Sites.Any(s => s.Http2),
                listener.HasTls && listener.Sites.Any(s => s.Http3),
                (int)sites.Max(s => Math.Min(s.Limits.Head, int.MaxValue / 2))
            );
        }

        foreach ((TcpStream stream, ListenAddress listen) in spec.Streams.SelectMany(s => s.Listen.Select(l => (s, l))))
        {
            yield return new ListenPlan(listen.ToString(), listen, EndPointOf(listen, options), false, false, false, 0) { Stream = stream };
        }
    }

    private static EndPoint EndPointOf(ListenAddress address, ProxyOptions options) =>
        address.SocketPath is { } path
            ? new UnixDomainSocketEndPoint(path)
            : new IPEndPoint(
                address.Address is { } ip ? IPAddress.Parse(ip)
                    : Socket.OSSupportsIPv6 ? IPAddress.IPv6Any
                    : IPAddress.Any,
                options.PortFor(address.Port)
            );
}

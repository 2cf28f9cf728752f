using System.Net;
using System.Net.Sockets;
using Confgen.Model;
using Confgen.Model.Sites;

namespace Confgen.Runtime.Listening;

/// <summary>A listener that a spec asks for.</summary>
/// <param name="Key">Its name within the run: what the spec says of the address.</param>
/// <param name="Address">What the spec says.</param>
/// <param name="EndPoint">What is bound for it.</param>
/// <param name="IsTls">Whether TLS is spoken there.</param>
/// <param name="Http2">Whether HTTP/2 is offered.</param>
/// <param name="HeadLimit">The largest head that any of its sites takes.</param>
internal sealed record ListenPlan(string Key, ListenAddress Address, EndPoint EndPoint, bool IsTls, bool Http2, int HeadLimit)
{
    /// <summary>The listeners of a spec, those for redirects to https included.</summary>
    public static IReadOnlyList<ListenPlan> Of(Spec spec, ProxyOptions options)
    {
        var plans = new Dictionary<string, ListenPlan>(StringComparer.Ordinal);
        foreach (Site site in spec.Sites)
        {
            foreach (ListenAddress address in site.Listen)
            {
                Add(plans, address, site.Tls is not null, site.Http2, site, options);
            }

            if (site.RedirectHttp is { } redirect)
            {
                Add(plans, new ListenAddress { At = redirect.At, Port = redirect.Port }, isTls: false, http2: false, site, options);
            }
        }

        return [.. plans.Values];
    }

    /// <summary>The port that is bound where the spec says this one.</summary>
    public static int Remapped(int port, ProxyOptions options) => port switch
    {
        80 => options.HttpPort ?? 80,
        443 => options.HttpsPort ?? 443,
        _ => port,
    };

    private static void Add(Dictionary<string, ListenPlan> plans, ListenAddress address, bool isTls, bool http2, Site site, ProxyOptions options)
    {
        string key = address.ToString();
        int head = (int)Math.Min(site.Limits.Head, int.MaxValue / 2);
        plans[key] = plans.TryGetValue(key, out ListenPlan? known)
            ? known with { IsTls = known.IsTls || isTls, Http2 = known.Http2 || http2, HeadLimit = Math.Max(known.HeadLimit, head) }
            : new ListenPlan(key, address, EndPointOf(address, options), isTls, http2, head);
    }

    private static EndPoint EndPointOf(ListenAddress address, ProxyOptions options) =>
        address.SocketPath is { } path ? new UnixDomainSocketEndPoint(path)
        : new IPEndPoint(
            address.Address is { } ip ? IPAddress.Parse(ip) : Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any,
            Remapped(address.Port, options));
}

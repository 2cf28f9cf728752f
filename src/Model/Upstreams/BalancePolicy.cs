namespace Confgen.Model.Upstreams;

/// <summary>How a server is chosen for a request, among those that are healthy.</summary>
public enum BalancePolicy
{
    /// <summary>Each in turn, by weight.</summary>
    RoundRobin,

    /// <summary>At random, by weight.</summary>
    Random,

    /// <summary>The first in the order written.</summary>
    First,

    /// <summary>The one with the fewest requests under way.</summary>
    LeastConn,

    /// <summary>By a hash of the whole client address, after trusted proxies.</summary>
    IpHash,

    /// <summary>By a hash of the raw request target.</summary>
    UriHash,

    /// <summary>By a hash of a request header; a request without it goes to any server.</summary>
    Header,

    /// <summary>Sticky session: the proxy sets a cookie that names the server.</summary>
    Cookie,
}

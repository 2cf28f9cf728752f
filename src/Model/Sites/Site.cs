using Confgen.Model.Raw;
using Confgen.Model.Routes;
using Confgen.Model.Units;

namespace Confgen.Model.Sites;

/// <summary>What answers for one or several hosts on one or several listeners.</summary>
public sealed record Site : SpecNode
{
    /// <summary>The hosts it answers for, at least one.</summary>
    public ValueList<HostPattern> Hosts { get; init; } = [];

    /// <summary>Where it listens; port 443 with TLS and 80 without unless written.</summary>
    public ValueList<ListenAddress> Listen { get; init; } = [];

    /// <summary>TLS on every listener of the site, or null for plain HTTP, the default.</summary>
    public SiteTls? Tls { get; init; }

    /// <summary>How plain HTTP requests are sent to https; null where the site has no TLS or they are not.</summary>
    public HttpsRedirect? RedirectHttp { get; init; }

    /// <summary>Strict-Transport-Security (RFC 6797); not sent unless written.</summary>
    public Hsts? Hsts { get; init; }

    /// <summary>Whether HTTP/2 is offered; true with TLS, false without.</summary>
    public bool Http2 { get; init; }

    /// <summary>Whether HTTP/3 is offered; default false.</summary>
    public bool Http3 { get; init; }

    /// <summary>Content codings offered to clients, the preferred first; none unless written.</summary>
    public ValueList<ContentCoding> Compress { get; init; } = [];

    /// <summary>The access log; the target's own unless written.</summary>
    public AccessLog? Log { get; init; }

    /// <summary>Header rules of every route, applied before the route's own.</summary>
    public HeaderRules Headers { get; init; } = new();

    /// <summary>Limits on what is read from a client.</summary>
    public Limits Limits { get; init; } = new();

    /// <summary>Lines for single programs; none unless written.</summary>
    public RawTexts Raw { get; init; } = new();

    /// <summary>The routes in the order written.</summary>
    public ValueList<Route> Routes { get; init; } = [];
}

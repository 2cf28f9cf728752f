using Confgen.Model.Acme;
using Confgen.Model.Expectations;
using Confgen.Model.Guards;
using Confgen.Model.Raw;
using Confgen.Model.Sites;
using Confgen.Model.Streams;
using Confgen.Model.Tunnels;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;

namespace Confgen.Model;

/// <summary>
/// A whole spec, bound and valid: includes merged, defaults applied, names resolved. What the targets render and what the proxy runs.
/// </summary>
public sealed record Spec : SpecNode
{
    /// <summary>The version of the language; 1 is the only one.</summary>
    public int Version { get; init; } = 1;

    /// <summary>
    /// Peers whose <c>X-Forwarded-*</c> headers are believed. None unless written, so that no client can forge its address.
    /// </summary>
    public ValueList<Cidr> TrustedProxies { get; init; } = [];

    /// <summary>Whether peers on unix sockets are among them, which have no address.</summary>
    public bool TrustsUnixPeers { get; init; }

    /// <summary>Where the certificates of <c>tls: auto</c> come from.</summary>
    public AcmeSettings Acme { get; init; } = new();

    /// <summary>The upstreams that have a name, in the order written.</summary>
    public ValueList<Upstream> Upstreams { get; init; } = [];

    /// <summary>The sites, in the order written.</summary>
    public ValueList<Site> Sites { get; init; } = [];

    /// <summary>The reverse tunnels, in the order written.</summary>
    public ValueList<Tunnel> Tunnels { get; init; } = [];

    /// <summary>The ports whose connections are passed on as they are, in the order written.</summary>
    public ValueList<TcpStream> Streams { get; init; } = [];

    /// <summary>What only one target needs, for each target that the spec speaks of.</summary>
    public ValueList<TargetSettings> Targets { get; init; } = [];

    /// <summary>Lines for single programs, beside all sites; none unless written.</summary>
    public RawTexts Raw { get; init; } = new();

    /// <summary>What the author expects of single requests.</summary>
    public ValueList<Expectation> Tests { get; init; } = [];

    /// <summary>The auth servers that routes ask, each once.</summary>
    public IEnumerable<ForwardAuth> AuthServers =>
        Sites.SelectMany(static site => site.Routes).Select(static route => route.ForwardAuth).OfType<ForwardAuth>().Distinct();

    /// <summary>The files of authorities, certificates and keys that connections to named upstreams and to auth servers need.</summary>
    public IEnumerable<string> ServerTlsFiles =>
        Upstreams
            .Select(static upstream => upstream.Tls)
            .Concat(AuthServers.Select(static auth => auth.Tls))
            .SelectMany(static tls => new[] { tls.Ca, tls.Cert, tls.Key })
            .OfType<string>();

    /// <summary>The settings written for a target, or none.</summary>
    public TargetSettings SettingsOf(string target) =>
        Targets.FirstOrDefault(t => t.Target == target) ?? new TargetSettings { Target = target };
}

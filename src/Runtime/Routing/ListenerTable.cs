using Confgen.Model.Rules;
using Confgen.Model.Sites;
using Confgen.Runtime.Tls;

namespace Confgen.Runtime.Routing;

/// <summary>What answers at one listener.</summary>
internal sealed class ListenerTable
{
    private readonly HashSet<Site> _redirecting = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Site, SiteModel> _models;

    public ListenerTable(ListenerModel listener, Dictionary<Site, SiteModel> models, TlsTable? tls)
    {
        _models = models;
        Tls = tls;

        // A site whose host is served here in plain answers before one that only redirects.
        Site[] redirecting = [.. listener.Redirects.Except(listener.Sites)];
        Sites = new SiteTable(listener.Sites.Concat(redirecting));
        _redirecting.UnionWith(redirecting);
    }

    /// <summary>The sites, those that only redirect to https included.</summary>
    public SiteTable Sites { get; }

    /// <summary>The certificates; null for plain connections.</summary>
    public TlsTable? Tls { get; }

    /// <summary>Whether the site only redirects here.</summary>
    public bool IsRedirecting(Site site) => _redirecting.Count > 0 && _redirecting.Contains(site);

    /// <summary>The site made ready.</summary>
    public SiteModel ModelOf(Site site) => _models[site];
}

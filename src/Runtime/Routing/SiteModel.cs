using Confgen.Model.Sites;

namespace Confgen.Runtime.Routing;

/// <summary>A site made ready to be served.</summary>
internal sealed class SiteModel(Site config)
{
    /// <summary>The site as the spec says it.</summary>
    public Site Config { get; } = config;
}

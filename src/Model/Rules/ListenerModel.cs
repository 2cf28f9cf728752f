using Confgen.Model.Sites;

namespace Confgen.Model.Rules;

/// <summary>A listener with everything that answers there.</summary>
/// <param name="address">Where it is.</param>
public sealed class ListenerModel(ListenAddress address)
{
    /// <summary>Where it is.</summary>
    public ListenAddress Address { get; } = address;

    /// <summary>The sites that answer, in the order written.</summary>
    public IList<Site> Sites { get; } = [];

    /// <summary>The sites whose plain requests are redirected to https here.</summary>
    public IList<Site> Redirects { get; } = [];

    /// <summary>Whether it speaks TLS.</summary>
    public bool HasTls => Sites.Any(s => s.Tls is not null);
}

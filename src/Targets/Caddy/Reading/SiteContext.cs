namespace Confgen.Targets.Caddy.Reading;

/// <summary>What is the same for every request of a site.</summary>
/// <param name="Hosts">Its hosts, as a spec writes them.</param>
/// <param name="HasTls">Whether its clients speak TLS.</param>
/// <param name="Port">Its port.</param>
internal sealed record SiteContext(IReadOnlyList<string> Hosts, bool HasTls, string Port)
{
    /// <summary>Whether clients leave the port out of <c>Host</c>.</summary>
    public bool HasUsualPort => Port == (HasTls ? "443" : "80");
}

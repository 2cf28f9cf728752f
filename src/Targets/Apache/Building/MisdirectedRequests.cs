using Confgen.Model.Rules;
using Confgen.Model.Sites;
using Confgen.Model.Units;
using Confgen.Targets.Apache.Syntax;

namespace Confgen.Targets.Apache.Building;

/// <summary>Refuses a request on a connection whose handshake named another site of the listener.</summary>
/// <param name="listeners">The listeners.</param>
internal sealed class MisdirectedRequests(IReadOnlyList<ListenerModel> listeners)
{
    private const string Named = "%{SSL:SSL_TLS_SNI}";

    /// <summary>The rules of a site; none where it is alone.</summary>
    public IEnumerable<string> Of(Site site)
    {
        HostPattern[] others =
        [
            .. listeners
                .Where(listener => listener.HasTls && listener.Sites.Contains(site))
                .SelectMany(static listener => listener.Sites)
                .Where(other => !ReferenceEquals(other, site))
                .SelectMany(static other => other.Hosts)
                .Where(static host => host.Kind != HostPatternKind.Any)
                .Distinct(),
        ];
        if (site.Tls is null || others.Length == 0)
        {
            yield break;
        }

        HostPattern[] own = [.. site.Hosts.Where(static host => host.Kind != HostPatternKind.Any)];
        // An exact name of another site is closer than a star of this one.
        HostPattern[] closer =
        [
            .. others.Where(other =>
                other.Kind == HostPatternKind.Exact && own.Any(host => host.Kind != HostPatternKind.Exact && host.Matches(other.Name))
            ),
        ];
        if (own.Length > 0)
        {
            string except = closer.Length == 0 ? "" : $"(?!{HostRegex.Of(closer)[1..]})";
            yield return $"RewriteCond \"{Named}\" {ApacheQuoting.Raw($"!^{except}{HostRegex.Of(own)[1..]}")} [NC]";
        }

        yield return $"RewriteCond \"{Named}\" {ApacheQuoting.Raw(HostRegex.Of(others))} [NC]";
        yield return "RewriteRule ^ - [R=421,L]";
    }
}

using System.Globalization;
using Confgen.Model;
using Confgen.Model.Units;

namespace Confgen.Targets.Apache.Building;

/// <summary>What a configuration uses, which decides what modules it loads.</summary>
internal sealed class ApacheFeatures(string trustedCertificates)
{
    private readonly List<(string Name, string Expression)> _health = [];

    /// <summary>The file with the authorities that the system trusts.</summary>
    public string TrustedCertificates => trustedCertificates;

    /// <summary>Whether a balancer goes by the count of requests.</summary>
    public bool BalancesByRequests { get; set; }

    /// <summary>Whether one goes by the requests under way.</summary>
    public bool BalancesByBusyness { get; set; }

    /// <summary>Whether servers are asked in the background.</summary>
    public bool ProbesServers { get; set; }

    /// <summary>Whether a server speaks TLS.</summary>
    public bool SpeaksTlsToServers { get; set; }

    /// <summary>Whether a server speaks HTTP/2.</summary>
    public bool SpeaksHttp2ToServers { get; set; }

    /// <summary>Whether a site has TLS.</summary>
    public bool HasTls { get; set; }

    /// <summary>Whether a site offers HTTP/2.</summary>
    public bool HasHttp2 { get; set; }

    /// <summary>Whether each request gets an identifier.</summary>
    public bool MakesIds { get; set; }

    /// <summary>Whether peers may say who the client is.</summary>
    public bool TrustsProxies { get; set; }

    /// <summary>Whether users have passwords.</summary>
    public bool HasPasswords { get; set; }

    /// <summary>The conditions that a probe's response must meet, each with its name.</summary>
    public IReadOnlyList<(string Name, string Expression)> Health => _health;

    /// <summary>The name of the condition that a status is one of these.</summary>
    public string HealthExpression(ValueList<StatusPattern> statuses)
    {
        string expression = string.Join(
            " || ",
            statuses.Select(static s =>
                s.IsSingle
                    ? string.Create(CultureInfo.InvariantCulture, $"%{{REQUEST_STATUS}} -eq {s.First}")
                    : string.Create(
                        CultureInfo.InvariantCulture,
                        $"(%{{REQUEST_STATUS}} -ge {s.First} && %{{REQUEST_STATUS}} -le {s.Last})"
                    )
            )
        );
        string? known = _health.Find(each => each.Expression == expression).Name;
        if (known is null)
        {
            known = string.Create(null, $"healthy{(_health.Count == 0 ? "" : $"-{_health.Count + 1}")}");
            _health.Add((known, expression));
        }

        return known;
    }

    /// <summary>The modules to load, in an order that httpd takes, each without its <c>mod_</c>.</summary>
    public IEnumerable<string> Modules()
    {
        (bool Needed, string Name)[] modules =
        [
            (true, "mpm_event"),
            (true, "authz_core"),
            (true, "authz_host"),
            (HasPasswords, "authn_core"),
            (HasPasswords, "authn_file"),
            (HasPasswords, "authz_user"),
            (HasPasswords, "auth_basic"),
            (true, "headers"),
            (TrustsProxies, "setenvif"),
            (TrustsProxies, "remoteip"),
            (MakesIds, "unique_id"),
            (true, "rewrite"),
            (true, "asis"),
            (true, "proxy"),
            (true, "proxy_http"),
            (SpeaksHttp2ToServers, "proxy_http2"),
            (BalancesByRequests || BalancesByBusyness, "slotmem_shm"),
            (BalancesByRequests || BalancesByBusyness, "proxy_balancer"),
            (BalancesByRequests, "lbmethod_byrequests"),
            (BalancesByBusyness, "lbmethod_bybusyness"),
            (ProbesServers, "proxy_hcheck"),
            (HasTls || SpeaksTlsToServers, "socache_shmcb"),
            (HasTls || SpeaksTlsToServers, "ssl"),
            (HasHttp2, "http2"),
        ];
        return modules.Where(static module => module.Needed).Select(static module => module.Name);
    }
}

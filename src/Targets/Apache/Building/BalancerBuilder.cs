using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model.Routes;
using Confgen.Model.Sources;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;
using Confgen.Targets.Apache.Syntax;
using Confgen.Targets.Apache.Views;

namespace Confgen.Targets.Apache.Building;

/// <summary>
/// Balancers: one for each way in which routes use an upstream, since time-outs belong to its members. One server is a balancer of one.
/// </summary>
internal sealed class BalancerBuilder(ApacheTexts texts, ApacheFeatures features)
{
    private const int MostWeight = 100;
    private static readonly TimeSpan _shortest = TimeSpan.FromMilliseconds(100);

    private readonly ApacheNames _names = new();
    private readonly List<BalancerView> _balancers = [];

    /// <summary>The balancers that were asked for.</summary>
    public IReadOnlyList<BalancerView> Balancers => _balancers;

    /// <summary>The name of the balancer for a route's ordinary requests, upgrades included where their time-out is the same.</summary>
    public string Of(ProxyAction proxy) =>
        Find(proxy, proxy.ReadTimeout, upgrades: proxy.WebSocket != WebSocketMode.Never && proxy.UpgradedTimeout == proxy.ReadTimeout, "");

    /// <summary>That for upgraded connections, which may be idle for longer; null where it is the same.</summary>
    public string? OfUpgraded(ProxyAction proxy) =>
        proxy.WebSocket == WebSocketMode.Never || proxy.UpgradedTimeout == proxy.ReadTimeout
            ? null
            : Find(proxy, proxy.UpgradedTimeout, upgrades: true, "-upgraded");

    private string Find(ProxyAction proxy, TimeSpan read, bool upgrades, string ending)
    {
        Upstream upstream = proxy.Upstream;
        string[] lines = [.. Lines(upstream, proxy.Timeouts.Connect, read, upgrades)];
        BalancerView? known = _balancers.Find(each =>
            each.Upstream == upstream.Name && each.Lines.SequenceEqual(lines, StringComparer.Ordinal)
        );
        if (known is null)
        {
            string wish =
                upstream.IsInline && upstream.Servers is [{ Address.SocketPath: null } only] ? only.Address.HostPort : upstream.Name;
            known = new BalancerView(_names.Unique(wish + ending), upstream.Name, lines);
            _balancers.Add(known);
        }

        return known.Name;
    }

    private IEnumerable<string> Lines(Upstream upstream, TimeSpan connect, TimeSpan read, bool upgrades)
    {
        int heaviest = upstream.Servers.Select(static server => server.Weight).DefaultIfEmpty(1).Max();
        int number = 0;
        foreach (UpstreamServer server in upstream.Servers)
        {
            number++;
            yield return "BalancerMember "
                + string.Join(
                    ' ',
                    (string[])
                        [
                            Url(server, upstream),
                            "retry=" + Rest(upstream),
                            "connectiontimeout=" + ApacheUnits.Time(connect),
                            "timeout=" + ApacheUnits.Time(read),
                            .. upgrades ? (string[])["upgrade=websocket"] : [],
                            .. Parameters(upstream, server, heaviest, number),
                        ]
                );
        }

        foreach (string line in Balancing(upstream))
        {
            yield return line;
        }

        if (upstream.Scheme == ServerScheme.Https)
        {
            features.SpeaksTlsToServers = true;
            foreach (string line in Tls(upstream))
            {
                yield return line;
            }
        }
    }

    // While one that can't be reached rests, another one is asked; one by itself is asked each time.
    private static string Rest(Upstream upstream) =>
        upstream.PassiveHealth is { } passive ? ApacheUnits.Time(passive.FailFor)
        : upstream.Retries > 0 && upstream.Servers.Count(static server => !server.Down) > 1 ? "1"
        : "0";

    private IEnumerable<string> Parameters(Upstream upstream, UpstreamServer server, int heaviest, int number)
    {
        if (server.Weight != 1)
        {
            int weight = heaviest <= MostWeight ? server.Weight : Math.Max(1, server.Weight * MostWeight / heaviest);
            yield return string.Create(null, $"loadfactor={weight}");
        }

        if (server.Down || server.Backup)
        {
            yield return "status=" + (server.Down ? "D" : "H");
        }

        if (upstream.Balance.Policy == BalancePolicy.First && number > 1)
        {
            // A set is asked where none of those before it can be.
            yield return string.Create(null, $"lbset={number - 1}");
        }

        if (upstream.Keepalive is { } keepalive)
        {
            yield return keepalive.Idle == 0
                ? "disablereuse=on"
                : string.Create(null, $"smax={keepalive.Idle} ttl={ApacheUnits.Seconds(keepalive.Timeout)}");
        }

        if (upstream.Balance.Policy == BalancePolicy.Cookie)
        {
            yield return string.Create(null, $"route=s{number}");
        }

        if (upstream.ActiveHealth is { } health)
        {
            features.ProbesServers = true;
            yield return "hcmethod=GET";
            yield return texts.Word("hcuri=" + health.Path, health.At.Span);
            yield return "hcinterval=" + ApacheUnits.Time(health.Interval < _shortest ? _shortest : health.Interval);
            yield return $"hcpasses=1 hcfails=1 hcexpr={features.HealthExpression(health.Status)}";
        }
    }

    private IEnumerable<string> Balancing(Upstream upstream)
    {
        bool byRequests = upstream.Balance.Policy != BalancePolicy.LeastConn;
        features.BalancesByRequests |= byRequests;
        features.BalancesByBusyness |= !byRequests;
        if (!byRequests)
        {
            yield return "ProxySet lbmethod=bybusyness";
        }

        int others = upstream.Servers.Count(static server => !server.Down) - 1;
        if (others > 0)
        {
            yield return string.Create(null, $"ProxySet maxattempts={Math.Min(upstream.Retries, others)}");
        }

        if (upstream.PassiveHealth is { } passive)
        {
            yield return "ProxySet failontimeout=On forcerecovery=Off";
            string[] statuses =
            [
                .. passive
                    .Status.SelectMany(static s => Enumerable.Range(s.First, s.Last - s.First + 1))
                    .Distinct()
                    .Select(static s => $"{s}"),
            ];
            if (statuses.Length > 0)
            {
                yield return "ProxySet failonstatus=" + string.Join(',', statuses);
            }
        }

        if (upstream.Balance is { Policy: BalancePolicy.Cookie, Key: { } cookie })
        {
            yield return "ProxySet " + texts.Word("stickysession=" + cookie, upstream.At.Of(UpstreamFields.Balance));
        }
    }

    private string Url(UpstreamServer server, Upstream upstream)
    {
        SourceSpan at = server.At.Span.IsSome ? server.At.Span : upstream.At.Span;
        ServerAddress address = server.Address;
        string scheme = address.Scheme switch
        {
            ServerScheme.Https => "https",
            ServerScheme.H2c => "h2c",
            _ => "http",
        };
        features.SpeaksHttp2ToServers |= address.Scheme == ServerScheme.H2c;
        return address.SocketPath is { } path
            ? texts.Word($"unix:{path}|{scheme}://localhost", at)
            : texts.Word($"{scheme}://{address.HostPort}", at);
    }

    private IEnumerable<string> Tls(Upstream upstream)
    {
        UpstreamTls tls = upstream.Tls;
        yield return "SSLProxyEngine On";
        if (tls.Verify)
        {
            yield return "SSLProxyVerify require";
            yield return "SSLProxyCACertificateFile "
                + (tls.Ca is { } ca ? texts.Word(ca, tls.At.Of(UpstreamTlsFields.Ca)) : ApacheQuoting.Word(features.TrustedCertificates));
        }
        else
        {
            yield return "SSLProxyVerify none";
            yield return "SSLProxyCheckPeerName Off";
            yield return "SSLProxyCheckPeerExpire Off";
        }
    }
}

using System.Security.Cryptography;
using System.Text;
using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model.Sources;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;

namespace Confgen.Targets.HAProxy.Building;

/// <summary>The servers of an upstream, and how one of them is chosen.</summary>
/// <param name="texts">What quotes.</param>
/// <param name="certificates">The certificates.</param>
/// <param name="own">HAProxy's own address, as the parameters of a check.</param>
internal sealed class ServerLines(HAProxyTexts texts, HAProxyCertificates certificates, string own)
{
    /// <summary>How many servers are taken of those that <c>discover</c> finds.</summary>
    public const int MostFound = 20;

    private static readonly int[] _retried = [404, 408, 425, 500, 501, 502, 503, 504];

    /// <summary>Whether HAProxy can try another server on none of the statuses meant.</summary>
    public static bool CannotRetryOn(StatusPattern pattern) => !Array.Exists(_retried, pattern.Matches);

    /// <summary>What balances and watches.</summary>
    /// <param name="upstream">The upstream.</param>
    /// <param name="secure">Whether clients come over TLS.</param>
    /// <param name="isStream">Whether bytes are passed on, and no requests.</param>
    public IEnumerable<string> Options(Upstream upstream, bool secure, bool isStream = false)
    {
        int others = upstream.Discover is null ? upstream.Servers.Count(static server => !server.Down) - 1 : MostFound;
        yield return string.Create(null, $"retries {Math.Min(upstream.Retries, Math.Max(others, 0))}");
        if (others > 0 && upstream.Retries > 0)
        {
            yield return "option redispatch 1";
            if (upstream.RetryOn.Count > 0)
            {
                yield return "http-request disable-l7-retry unless { method GET HEAD OPTIONS PUT DELETE TRACE } { req.body_size 0 }";
                yield return "retry-on conn-failure"
                    + string.Concat(
                        _retried
                            .Where(status => StatusPattern.Any(upstream.RetryOn, status))
                            .Select(static status => string.Create(null, $" {status}"))
                    );
            }
        }

        if (upstream.Servers.Count != 1)
        {
            yield return "balance " + (isStream && upstream.Balance.Policy == BalancePolicy.IpHash ? "source" : Policy(upstream));
            if (upstream.Balance.Policy is BalancePolicy.IpHash or BalancePolicy.UriHash or BalancePolicy.Header)
            {
                yield return "hash-type consistent";
            }

            if (upstream.Servers.Count(static server => server.Backup) > 1)
            {
                yield return "option allbackups";
            }
        }

        if (upstream.Balance is { Policy: BalancePolicy.Cookie, Key: { } cookie })
        {
            string name = texts.Word(cookie, upstream.At.Of(UpstreamFields.Balance));
            yield return $"cookie {name} insert httponly {(secure ? "secure " : "")}attr SameSite=Lax"
                + (upstream.Discover is null ? "" : " dynamic");
            if (upstream.Discover is not null)
            {
                yield return "dynamic-cookie-key " + name;
            }
        }

        if (upstream.Keepalive is { Idle: 0 })
        {
            yield return "http-reuse never";
        }

        if (upstream.ActiveHealth is { } health)
        {
            SourceSpan at = health.At.Span;
            yield return "option httpchk";
            yield return $"http-check send meth GET uri {texts.Word(health.Path, at)} ver HTTP/1.1 "
                + $"hdr Host {texts.Word(HostOf(upstream), at)}";
            string statuses = string.Join(',', health.Status.Select(static s => s.IsSingle ? $"{s.First}" : $"{s.First}-{s.Last}"));
            yield return "http-check expect status " + statuses;
            yield return "timeout check " + HAProxyUnits.Time(health.Timeout);
        }
    }

    /// <summary>The servers, each with a name of its own.</summary>
    public IEnumerable<string> Of(Upstream upstream) =>
        upstream.Discover is { } discover
            ? [Found(upstream, discover)]
            : upstream.Servers.Select((server, i) => string.Join(' ', (string[])[$"server s{i + 1}", .. Parts(upstream, server)]));

    private string Found(Upstream upstream, SrvDiscovery discover)
    {
        string name = texts.Word(discover.Name, discover.At.Of(DiscoverFields.Srv));
        return string.Join(
            ' ',
            (string[])
                [
                    string.Create(null, $"server-template s {MostFound} {name}"),
                    // A weight of 0, which most records have, would be none for HAProxy.
                    $"resolvers {Resolvers.NameOf(discover)} resolve-opts ignore-weight init-addr none",
                    .. Kept(upstream),
                    .. Watched(upstream),
                ]
        );
    }

    private static IEnumerable<string> Kept(Upstream upstream) =>
        upstream.Keepalive is { } keepalive
            ? [string.Create(null, $"pool-max-conn {keepalive.Idle} pool-purge-delay {HAProxyUnits.Time(keepalive.Timeout)}")]
            : [];

    private static string HostOf(Upstream upstream) =>
        upstream.Servers is [{ Address.SocketPath: null } first, ..] ? first.Address.HostPort : "localhost";

    private string Policy(Upstream upstream) =>
        upstream.Balance.Policy switch
        {
            BalancePolicy.Random => "random(1)",
            BalancePolicy.First => "first",
            BalancePolicy.LeastConn => "leastconn",
            BalancePolicy.IpHash => "hash var(txn.client)",
            BalancePolicy.UriHash => "uri whole",
            BalancePolicy.Header => $"hdr({texts.Argument(upstream.Balance.Key ?? "", upstream.At.Of(UpstreamFields.Balance))})",
            _ => "roundrobin",
        };

    private IEnumerable<string> Parts(Upstream upstream, UpstreamServer server)
    {
        SourceSpan at = server.At.Span.IsSome ? server.At.Span : upstream.At.Span;
        ServerAddress address = server.Address;
        yield return texts.Word(address.SocketPath is { } path ? "unix@" + path : address.HostPort, at);
        if (address is { SocketPath: null, IsAddress: false })
        {
            yield return "init-addr last,libc,none";
        }

        if (server.Weight != 1)
        {
            yield return string.Create(null, $"weight {server.Weight}");
        }

        if (server.MaxConns > 0)
        {
            yield return string.Create(null, $"maxconn {server.MaxConns}");
        }

        if (server.Backup)
        {
            yield return "backup";
        }

        if (server.Down)
        {
            yield return "disabled";
        }

        if (address.Scheme == ServerScheme.H2c)
        {
            yield return "proto h2";
        }

        if (address.Scheme == ServerScheme.Https)
        {
            foreach (string part in Tls(upstream, address))
            {
                yield return part;
            }
        }

        foreach (string part in Kept(upstream).Concat(Watched(upstream)))
        {
            yield return part;
        }

        if (upstream.Balance.Policy == BalancePolicy.Cookie)
        {
            yield return "cookie " + Names(address);
        }
    }

    // What a cookie names stays the same wherever the server stands in the list, and tells nothing about it.
    private static string Names(ServerAddress address) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address.ToString())))[..16];

    // A server at rest is back after its time, whatever it does: the check, which HAProxy wants for that, connects to HAProxy itself.
    private IEnumerable<string> Watched(Upstream upstream)
    {
        if (upstream.ActiveHealth is { } health)
        {
            yield return $"check inter {HAProxyUnits.Time(health.Interval)} fall 1 rise 1";
        }

        if (upstream.PassiveHealth is { } passive)
        {
            string rest = HAProxyUnits.Time(passive.FailFor);
            if (upstream.ActiveHealth is null)
            {
                yield return $"check {own} no-check-ssl inter 1d fastinter {rest} downinter {rest} fall 1 rise 1";
            }

            yield return string.Create(
                null,
                $"observe layer{(passive.Status.Count > 0 ? 7 : 4)} error-limit {passive.MaxFails} on-error mark-down"
            );
        }
    }

    private IEnumerable<string> Tls(Upstream upstream, ServerAddress address)
    {
        UpstreamTls tls = upstream.Tls;
        string? name = tls.ServerName ?? (address.IsAddress ? null : address.Host);
        yield return "ssl";
        if (name is not null)
        {
            string sni = texts.Argument(name, tls.At.Of(UpstreamTlsFields.ServerName));
            yield return $"sni str({sni}) check-sni {sni}";
        }

        if (tls.Verify)
        {
            yield return "verify required ca-file " + (tls.Ca is { } ca ? texts.Word(ca, tls.At.Of(UpstreamTlsFields.Ca)) : "@system-ca");
            yield return "verifyhost " + texts.Argument(name ?? "", tls.At.Of(UpstreamTlsFields.ServerName));
        }
        else
        {
            yield return "verify none";
        }

        if (tls is { Cert: { } cert, Key: { } key })
        {
            yield return "crt " + certificates.Of(cert, key, tls.At.Of(UpstreamTlsFields.Cert));
        }
    }
}

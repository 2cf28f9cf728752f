using System.Globalization;
using System.Net;
using Confgen.Model;
using Confgen.Model.Regexes;
using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Model.Sites;
using Confgen.Model.Units;
using Confgen.Targets.Importing.Proving;

namespace Confgen.Cli.Importing.Proving;

/// <summary>
/// Makes the requests from the paths that the original names and those of the spec's routes: hits, near misses and odd spellings of each;
/// and for what is forwarded other methods, an upgrade, an event stream, a large body, and responses of the upstream that proxies treat in
/// their own way.
/// </summary>
internal static class Probes
{
    /// <summary>The most requests of a run.</summary>
    public const int Most = 400;

    private const int LargeBody = 1_500_000;

    public static IReadOnlyList<Probe> Of(Spec spec, IReadOnlyList<NamedPath> named)
    {
        List<NamedPath> paths = [.. named, .. OfSpec(spec)];
        var probes = new List<Probe>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (NamedPath path in paths)
        {
            string? hit = Hit(path);
            if (hit is null || !seen.Add(Url(path, hit)))
            {
                continue;
            }

            probes.Add(Get(path, hit));
            foreach (string near in Near(path, hit).Where(n => seen.Add(Url(path, n))))
            {
                probes.Add(Get(path, near));
            }
        }

        var evaluator = new Evaluator(spec);
        probes.AddRange(Clients(spec, evaluator, probes));
        probes.AddRange(Kinds(evaluator, probes));
        return [.. probes.Take(Most)];
    }

    private static IEnumerable<NamedPath> OfSpec(Spec spec)
    {
        foreach (Site site in spec.Sites)
        {
            foreach (ListenAddress listen in site.Listen.Where(l => l.SocketPath is null))
            {
                foreach (string host in site.Hosts.Select(Host))
                {
                    foreach (Route route in site.Routes)
                    {
                        yield return new NamedPath(
                            site.Tls is not null,
                            host,
                            listen.Port,
                            route.Path.Text,
                            route.Path.Kind == PathMatcherKind.Regex
                        );
                    }
                }
            }

            if (site.RedirectHttp is { } redirect)
            {
                yield return new NamedPath(false, Host(site.Hosts[0]), redirect.Port, "/", false);
            }
        }
    }

    private static string Host(HostPattern host) =>
        host.Kind == HostPatternKind.Any ? "unknown.test" : host.ToString().Replace("*", "probe", StringComparison.Ordinal);

    private static string? Hit(NamedPath path) =>
        !path.IsRegex ? path.Text
        : RegexPattern.TryParse(path.Text, out RegexPattern? regex, out _, out _) ? RegexSample.PathOf(regex)
        : null;

    private static IEnumerable<string> Near(NamedPath path, string hit)
    {
        string bare = hit.TrimEnd('/');
        if (bare.Length == 0)
        {
            return ["/other", "/other/page.html?a=b&c", "/?q=%20x", "/a%2Fb", "//double//slash", "/caf%C3%A9"];
        }

        int letter = bare.AsSpan().IndexOfAnyInRange('a', 'z');
        return
        [
            bare,
            bare + "/",
            bare + "/sub/page?x=1",
            bare + "x",
            letter < 0 ? bare : $"{bare[..letter]}%{(int)bare[letter]:X2}{bare[(letter + 1)..]}",
            "/" + bare,
            .. path.IsRegex ? (string[])[hit.ToUpperInvariant()] : [],
        ];
    }

    private static string Url(NamedPath path, string target)
    {
        bool isUsual = path.Port == (path.HasTls ? 443 : 80);
        string port = isUsual ? "" : string.Create(CultureInfo.InvariantCulture, $":{path.Port}");
        return $"{(path.HasTls ? "https" : "http")}://{path.Host}{port}{target}";
    }

    private static Probe Get(NamedPath path, string target) => new("GET", Url(path, target), Probe.Usual, EvaluatedRequest.PublicPeer);

    // A client in each network that a guard names, for the routes with that guard, and in each that routes of the site are chosen by.
    private static IEnumerable<Probe> Clients(Spec spec, Evaluator evaluator, List<Probe> probes)
    {
        foreach (Probe probe in probes.ToArray())
        {
            Evaluation evaluation = evaluator.Evaluate(probe.Request);
            if (evaluation.Route is not { } route)
            {
                continue;
            }

            IEnumerable<Cidr> asked =
                evaluation.Site?.Routes.SelectMany(r => r.Match.Blocks()).SelectMany(b => b.Clients).Distinct().Take(3) ?? [];
            foreach (Cidr network in route.Access.Allow.Concat(route.Access.Deny).Take(3).Concat(asked))
            {
                yield return probe with
                {
                    From = Inside(network),
                };
            }
        }

        // A peer that is trusted, and says who the client is.
        if (spec.TrustedProxies.Count > 0 && probes.Count > 0)
        {
            yield return probes[0] with
            {
                From = Inside(spec.TrustedProxies[0]),
            };
        }
    }

    private static IPAddress Inside(Cidr network) =>
        IPAddress.TryParse(network.ToString().Split('/')[0], out IPAddress? address) ? address : EvaluatedRequest.PublicPeer;

    private static IEnumerable<Probe> Kinds(Evaluator evaluator, List<Probe> probes)
    {
        var seen = new HashSet<Route>(ReferenceEqualityComparer.Instance);
        foreach (Probe probe in probes.ToArray())
        {
            Evaluation outcome = evaluator.Evaluate(probe.Request);
            if (outcome.Route is not { } route || !seen.Add(route))
            {
                continue;
            }

            yield return probe with
            {
                Method = "HEAD",
            };
            yield return probe with
            {
                Method = "POST",
                Length = 5,
                Headers = [.. probe.Headers, new("Content-Type", "text/plain"), new("Content-Length", "5")],
            };
            if (outcome.Upstream is null)
            {
                continue;
            }

            yield return probe with
            {
                Method = "DELETE",
            };
            yield return probe with
            {
                Method = "OPTIONS",
                Headers = [.. probe.Headers, new("Origin", "https://other.test")],
            };
            if (route.Action is ProxyAction { FastCgi: null })
            {
                yield return probe with
                {
                    Headers =
                    [
                        .. probe.Headers,
                        new("Connection", "Upgrade"),
                        new("Upgrade", "websocket"),
                        new("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
                        new("Sec-WebSocket-Version", "13"),
                    ],
                };
            }

            yield return probe with
            {
                Method = "PUT",
                Length = LargeBody,
                Headers = [.. probe.Headers, new("Content-Length", LargeBody.ToString(CultureInfo.InvariantCulture))],
            };

            // An auth server would be asked for it as well.
            if (route.ForwardAuth is null)
            {
                foreach (string asked in (string[])["stream", "404", "500", "redirect", "fields"])
                {
                    yield return probe with
                    {
                        Headers = [.. probe.Headers, new(Probe.Ask, asked)],
                    };
                }
            }
        }
    }
}

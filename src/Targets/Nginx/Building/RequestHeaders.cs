using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Targets.Nginx.Syntax;
using Confgen.Targets.Nginx.Views;

namespace Confgen.Targets.Nginx.Building;

/// <summary>The headers that nginx sets on a request for an upstream.</summary>
internal sealed class RequestHeaders(NginxBuild build)
{
    private const string Nothing = "\"\"";

    // What CGI and WSGI programs can't tell from such names, because they turn each dash into an underscore. Where the peer is trusted, nginx drops them all.
    private IEnumerable<string> LookAlikes => build.Spec.TrustedProxies.Count > 0
        ? []
        : new[] { ForwardedHeaders.Managed, ForwardedHeaders.Claims, ForwardedHeaders.Framing }.SelectMany(static names => names).SelectMany(ForwardedHeaders.TwinsOf);

    private IReadOnlyList<HeaderGroupView>? _common;

    /// <summary>Those that every request gets unless its route says otherwise.</summary>
    public IReadOnlyList<HeaderGroupView> Common => _common ??= Make("$" + build.Shared.UpstreamHost, AnyUpgrade, []);

    private bool AnyUpgrade => build.Spec.Sites.Any(site => site.Routes.Any(route => route.Proxy is { WebSocket: not WebSocketMode.Never }));

    /// <summary>Those of a route; none where the common ones will do.</summary>
    /// <param name="host">The Host header; null for the client's.</param>
    /// <param name="upgrades">Whether WebSocket passes.</param>
    /// <param name="rules">What the site and the route say, in this order.</param>
    /// <param name="upstream">What <c>{upstream_hostport}</c> stands for.</param>
    /// <param name="further">Headers that are set whatever the rules say.</param>
    /// <param name="variables">Variables to set, by which the common headers become the route's.</param>
    public IReadOnlyList<HeaderGroupView> Of(
        string? host, bool upgrades, IReadOnlyList<HeaderEdits> rules, string? upstream, IReadOnlyList<HeaderView> further, out IReadOnlyList<HeaderView> variables)
    {
        variables = [];
        if (rules.Any(rule => !rule.IsEmpty) || further.Count > 0)
        {
            return Make(host ?? "$" + build.Shared.ClientHost, upgrades, [.. Edits(rules, upstream), .. further.Select(header => (header.Name, (IReadOnlyList<string>)[header.Value]))]);
        }

        variables =
        [
            .. host is null ? [] : (HeaderView[])[new("$" + build.Shared.UpstreamHost, host)],
            .. upgrades || !AnyUpgrade ? [] : (HeaderView[])[new("$" + build.Shared.Upgrade, Nothing)],
        ];
        return [];
    }

    /// <summary>Those of a route whose upstream speaks HTTP/2: gRPC has directives, and an inheritance, of its own.</summary>
    public IReadOnlyList<HeaderGroupView> OfGrpc(string host, IReadOnlyList<HeaderEdits> rules, string? upstream, IReadOnlyList<HeaderView> further) =>
        Make(host, upgrades: false, [.. Edits(rules, upstream), .. further.Select(header => (header.Name, (IReadOnlyList<string>)[header.Value]))], http2: true);

    /// <summary>The headers of a request that nginx itself makes from a client's: the same without upgrades.</summary>
    public IReadOnlyList<HeaderGroupView> ForSubrequest(string host, IReadOnlyList<HeaderView> further) =>
        Make(host, upgrades: false, [.. further.Select(header => (header.Name, (IReadOnlyList<string>)[header.Value]))]);

    private List<HeaderGroupView> Make(string host, bool upgrades, IReadOnlyList<(string Name, IReadOnlyList<string> Values)> edits, bool http2 = false)
    {
        var groups = new List<(string? Purpose, List<HeaderView> Headers)>
        {
            (null,
            [
                new("Host", host),
                new("Connection", upgrades ? "$" + build.Shared.Connection : Nothing),
                new("Upgrade", upgrades ? "$" + build.Shared.Upgrade : Nothing),
                new("Content-Length", "$" + build.Shared.BodyLength),
                new("X-Real-IP", "$" + build.Shared.ClientAddress),
                new("X-Forwarded-For", ForwardedFor),
                new("X-Forwarded-Proto", Forwarded("X-Forwarded-Proto", "proto", "$scheme")),
                new("X-Forwarded-Host", Forwarded("X-Forwarded-Host", "host", "$" + build.Shared.ClientHost)),
                new("Forwarded", build.Spec.TrustedProxies.Count == 0 ? Nothing : TrustedForwarded),
            ]),
            ("hop_by_hop", [new("Keep-Alive", Nothing), new("Proxy-Connection", Nothing), new("Proxy-Authorization", Nothing), new("HTTP2-Settings", Nothing)]),
            ("claims", [.. ForwardedHeaders.Claims.Select(name => new HeaderView(name, Claimed(name)))]),
            ("look_alikes", [new("Proxy", Nothing), .. LookAlikes.Select(name => new HeaderView(name, Nothing))]),
        };
        if (http2)
        {
            // HTTP/2 frames bodies itself. gRPC asks for trailers by TE; nginx itself leaves out the headers of a connection.
            groups[0].Headers.RemoveAll(header => header.Name is "Connection" or "Upgrade" or "Content-Length");
        }
        else
        {
            groups[1].Headers.Add(new HeaderView("TE", Nothing));
        }

        List<HeaderView> own = [];
        foreach ((string name, IReadOnlyList<string> values) in edits)
        {
            foreach ((_, List<HeaderView> headers) in groups)
            {
                headers.RemoveAll(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            }

            own.RemoveAll(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            own.AddRange(values.Select(value => new HeaderView(name, value)));
        }

        if (own.Count > 0)
        {
            groups.Add(("own_headers", own));
        }

        return [.. groups.Where(group => group.Headers.Count > 0).Select(group => new HeaderGroupView(group.Purpose, group.Headers))];
    }

    /// <summary>The rules as one: for each name the values that are sent, the empty one for none.</summary>
    private List<(string Name, IReadOnlyList<string> Values)> Edits(IReadOnlyList<HeaderEdits> rules, string? upstream)
    {
        var edits = new List<(string Name, List<string> Values)>();
        foreach (HeaderEdits rule in rules)
        {
            foreach (HeaderName removed in rule.Remove)
            {
                Entry(removed.Name).AddRange([Nothing]);
            }

            foreach (HeaderValue set in rule.Set)
            {
                List<string> values = Entry(set.Name);
                values.Clear();
                values.Add(build.Template(set.Value, set.At.Span, upstream));
            }

            foreach (HeaderValue added in rule.Add)
            {
                List<string> values = Entry(added.Name, clear: false);
                if (values.Count == 0)
                {
                    // nginx sends what it sets instead of the client's own, so that has to be set, too.
                    values.Add("$http_" + NginxNames.HeaderVariable(added.Name));
                }

                values.Remove(Nothing);
                values.Add(build.Template(added.Value, added.At.Span, upstream));
            }
        }

        return [.. edits.Select(edit => (edit.Name, (IReadOnlyList<string>)edit.Values))];

        List<string> Entry(string name, bool clear = true)
        {
            foreach ((string known, List<string> values) in edits)
            {
                if (known.Equals(name, StringComparison.OrdinalIgnoreCase))
                {
                    if (clear)
                    {
                        values.Clear();
                    }

                    return values;
                }
            }

            edits.Add((NginxQuoting.HeaderName(name).Text, []));
            return edits[^1].Values;
        }
    }

    private string ForwardedFor => build.Spec.TrustedProxies.Count == 0 ? "$" + build.Shared.ClientAddress : "$" + build.Map("forwarded_for", new MapView
    {
        Purpose = "forwarded_for",
        Source = $"\"${build.Shared.FromProxy} $http_x_forwarded_for\"",
        Variable = "",
        Lines = [new("default", "$" + build.Shared.PeerAddress), new($"\"~^1 (?<{Given}>.+)$\"", $"\"${Given}, ${build.Shared.PeerAddress}\"")],
    });

    // What a trusted proxy says.
    private string Given => build.Capture("given");

    private string Claimed(string name) => build.Spec.TrustedProxies.Count == 0 ? Nothing : "$" + build.Map("trusted_" + NginxNames.HeaderVariable(name), new MapView
    {
        Source = "$" + build.Shared.FromProxy,
        Variable = "",
        Lines = [new("default", Nothing), new("1", "$http_" + NginxNames.HeaderVariable(name))],
    });

    private string TrustedForwarded => "$" + build.Map("forwarded", new MapView
    {
        Source = "$" + build.Shared.FromProxy,
        Variable = "",
        Lines = [new("default", Nothing), new("1", "$http_forwarded")],
    });

    private string Forwarded(string header, string what, string own) => build.Spec.TrustedProxies.Count == 0 ? own : "$" + build.Map("forwarded_" + what, new MapView
    {
        Source = $"\"${build.Shared.FromProxy} $http_{NginxNames.HeaderVariable(header)}\"",
        Variable = "",
        Lines = [new("default", own), new($"\"~^1 (?<{Given}>.+)$\"", "$" + Given)],
    });
}

using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Targets.Nginx.Syntax;
using Confgen.Targets.Nginx.Views;

namespace Confgen.Targets.Nginx.Building;

/// <summary>The fields that nginx sets on a request for an upstream.</summary>
internal sealed class RequestHeaders(NginxBuild build)
{
    private const string Nothing = "\"\"";

    /// <summary>Fields of which a trusted proxy's own pass, and nobody else's.</summary>
    public static IReadOnlyList<string> OfTrustedProxies { get; } = ["Forwarded", .. ForwardedHeaders.Claims];

    /// <summary>What every request gets unless its route says otherwise.</summary>
    /// <param name="behindProxies">Whether some come from trusted proxies.</param>
    /// <param name="http2">Whether the upstream speaks HTTP/2: nginx frames bodies and connections itself.</param>
    public static IReadOnlyList<HeaderGroupView> ToUpstreams(bool behindProxies, bool http2) =>
        Named(
            [
                (
                    null,
                    [
                        new("Host", "$" + SharedVariables.UpstreamHost),
                        .. http2
                            ? []
                            : (HeaderView[])
                                [
                                    new("Connection", "$" + SharedVariables.Connection),
                                    new("Upgrade", "$" + SharedVariables.Upgrade),
                                    new("Content-Length", "$" + SharedVariables.BodyLength),
                                ],
                    ]
                ),
                .. OfClient(behindProxies, http2),
            ],
            behindProxies,
            http2
        );

    /// <summary>What a script gets of the client's fields unless its route says otherwise, as parameters.</summary>
    /// <param name="behindProxies">Whether some come from trusted proxies.</param>
    public static IReadOnlyList<HeaderGroupView> ToScripts(bool behindProxies) =>
        ScriptParams.Of(ScriptParams.FieldsOf(OfClient(behindProxies, http2: false)));

    /// <summary>What a request to an auth server gets: of the client's body and upgrade nothing.</summary>
    /// <param name="behindProxies">Whether some requests come from trusted proxies.</param>
    public static IReadOnlyList<HeaderGroupView> ToAuthServers(bool behindProxies) =>
        Named(
            [
                (
                    null,
                    [
                        new("Host", "$" + SharedVariables.ClientHost),
                        new("Connection", Nothing),
                        new("Upgrade", Nothing),
                        new("Content-Length", Nothing),
                    ]
                ),
                .. OfClient(behindProxies, http2: false),
                ("asked_about", [new("X-Forwarded-Method", "$request_method"), new("X-Forwarded-Uri", "$request_uri")]),
            ],
            behindProxies
        );

    /// <summary>A route's own fields.</summary>
    /// <param name="rules">What the site and the route say, in this order.</param>
    /// <param name="upstream">What <c>{upstream_hostport}</c> stands for.</param>
    /// <param name="further">Fields that are set whatever the rules say.</param>
    /// <param name="http2">Whether the upstream speaks HTTP/2.</param>
    /// <param name="repeatsCommon">Whether they stand behind the common ones; else they hold these, too, because a rule replaces one of
    /// them.</param>
    /// <returns>None where the common ones will do.</returns>
    public IReadOnlyList<HeaderGroupView> Of(
        IReadOnlyList<HeaderEdits> rules,
        string? upstream,
        IReadOnlyList<HeaderView> further,
        bool http2,
        out bool repeatsCommon
    )
    {
        return Of(rules, upstream, further, ToUpstreams(build.Spec.TrustedProxies.Count > 0, http2), out repeatsCommon);
    }

    /// <summary>A route's own fields for scripts, as parameters.</summary>
    /// <inheritdoc cref="Of(IReadOnlyList{HeaderEdits}, string?, IReadOnlyList{HeaderView}, bool, out bool)"/>
    public IReadOnlyList<HeaderGroupView> OfScripts(
        IReadOnlyList<HeaderEdits> rules,
        string? upstream,
        IReadOnlyList<HeaderView> further,
        out bool repeatsCommon
    ) =>
        ScriptParams.Of(
            Of(
                rules,
                upstream,
                further,
                ScriptParams.FieldsOf(OfClient(build.Spec.TrustedProxies.Count > 0, http2: false)),
                out repeatsCommon
            )
        );

    private List<HeaderGroupView> Of(
        IReadOnlyList<HeaderEdits> rules,
        string? upstream,
        IReadOnlyList<HeaderView> further,
        IReadOnlyList<HeaderGroupView> common,
        out bool repeatsCommon
    )
    {
        repeatsCommon = false;
        if (rules.All(rule => rule.IsEmpty) && further.Count == 0)
        {
            return [];
        }

        List<(string Name, IReadOnlyList<string> Values)> edits =
        [
            .. Edits(rules, upstream),
            .. further.Select(header => (header.Name, (IReadOnlyList<string>)[header.Value])),
        ];
        bool Replaces(HeaderView header) => edits.Exists(edit => edit.Name.Equals(header.Name, StringComparison.OrdinalIgnoreCase));
        repeatsCommon = !common.Any(group => group.Headers.Any(Replaces));
        var own = new List<HeaderView>();
        foreach ((string name, IReadOnlyList<string> values) in edits)
        {
            own.RemoveAll(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            own.AddRange(values.Select(value => new HeaderView(name, value)));
        }

        return
        [
            .. repeatsCommon
                ? []
                : common.Select(group =>
                    group.Headers.Any(Replaces)
                        ? group with
                        {
                            Headers = [.. group.Headers.Where(header => !Replaces(header))],
                            File = null,
                        }
                        : group
                ),
            new HeaderGroupView(repeatsCommon ? null : "own_headers", own),
        ];
    }

    /// <summary>The fields of a constant file that holds one group of them.</summary>
    /// <param name="file">Its name below <c>confgen/</c> without its ending.</param>
    /// <param name="behindProxies">Whether some requests come from trusted proxies.</param>
    public static IReadOnlyList<HeaderGroupView> OfFile(string file, bool behindProxies) =>
        [.. ToUpstreams(behindProxies, http2: false).Where(group => group.File == file).Select(static group => group with { File = null })];

    private static IReadOnlyList<HeaderGroupView> Named(
        IEnumerable<(string? Purpose, HeaderView[] Headers)> groups,
        bool behindProxies,
        bool http2 = false
    ) =>
        [
            .. groups.Select(group => new HeaderGroupView(
                group.Purpose,
                group.Headers,
                http2
                    ? null
                    : group.Purpose switch
                    {
                        "hop_by_hop" => "request-hop-by-hop",
                        "client" or "forwarded_for" => "request-client" + Suffix(behindProxies),
                        "claims" => "request-claims" + Suffix(behindProxies),
                        "look_alikes" => "request-look-alikes" + Suffix(behindProxies),
                        _ => null,
                    }
            )),
        ];

    private static string Suffix(bool behindProxies) => behindProxies ? ConstantFiles.BehindProxies : "";

    private static IEnumerable<(string? Purpose, HeaderView[] Headers)> OfClient(bool behindProxies, bool http2) =>
        [
            (
                behindProxies ? "forwarded_for" : "client",
                [
                    new("X-Real-IP", "$" + SharedVariables.ClientAddress),
                    new("X-Forwarded-For", "$" + (behindProxies ? SharedVariables.ForwardedFor : SharedVariables.ClientAddress)),
                    new("X-Forwarded-Proto", "$" + (behindProxies ? SharedVariables.ForwardedProto : "scheme")),
                    new("X-Forwarded-Host", "$" + (behindProxies ? SharedVariables.ForwardedHost : SharedVariables.ClientHost)),
                ]
            ),
            (
                "claims",
                [.. OfTrustedProxies.Select(name => new HeaderView(name, behindProxies ? "$" + SharedVariables.Trusted(name) : Nothing))]
            ),
            // HTTP/2 servers, as gRPC's, ask for trailers by TE; nginx itself leaves out the fields of a connection.
            (
                "hop_by_hop",
                [
                    new("Keep-Alive", Nothing),
                    new("Proxy-Connection", Nothing),
                    new("Proxy-Authorization", Nothing),
                    new("HTTP2-Settings", Nothing),
                    .. http2 ? [] : (HeaderView[])[new("TE", Nothing)],
                ]
            ),
            (
                "look_alikes",
                [new("Proxy", Nothing), .. (behindProxies ? [] : LookAlikes).Select(static name => new HeaderView(name, Nothing))]
            ),
        ];

    // What CGI and WSGI programs can't tell from such names, because they turn each dash into an underscore. Where a peer is trusted, nginx
    // drops them all.
    private static IEnumerable<string> LookAlikes =>
        new[] { ForwardedHeaders.Managed, ForwardedHeaders.Claims, ForwardedHeaders.Framing }
            .SelectMany(static names => names)
            .SelectMany(ForwardedHeaders.TwinsOf);

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
}

using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Confgen.Model.Guards;
using Confgen.Model.RequestTargets;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Model.Templates;

namespace Confgen.Model.Rules;

/// <summary>
/// Says what becomes of a request: (1) the target is refused or not, (2) the listener and its site are found, (3) the route is chosen,
/// (4) its guards are asked, (5) its action answers. The proxy takes the same steps by the same rules.
/// </summary>
public sealed partial class Evaluator
{
    private readonly Spec _spec;
    private readonly IReadOnlyList<ListenerModel> _listeners;
    private readonly ConcurrentDictionary<Site, RouteTable> _routes = new(ReferenceEqualityComparer.Instance);

    /// <summary>Makes an evaluator for a spec.</summary>
    public Evaluator(Spec spec)
    {
        _spec = spec;
        _listeners = Listeners.Of(spec);
    }

    /// <summary>What becomes of a request, on the first listener of its port and scheme.</summary>
    public Evaluation Evaluate(EvaluatedRequest request) =>
        Evaluate(
            request,
            _listeners.FirstOrDefault(l => l.Address.Port == request.Port && l.Speaks(request.Https))
                ?? _listeners.FirstOrDefault(l => l.Address.Port == request.Port)
        );

    /// <summary>What becomes of a request that comes over a listener of the spec; null where nothing listens.</summary>
    public Evaluation Evaluate(EvaluatedRequest request, ListenerModel? listener)
    {
        // 1. What is refused on every route.
        if (request.Method == "TRACE")
        {
            return new Evaluation
            {
                Status = 405,
                Stage = EvaluationStage.Refused,
                Reason = "TRACE is refused on every route",
            };
        }

        if (request.Method == "CONNECT")
        {
            return new Evaluation
            {
                Status = 400,
                Stage = EvaluationStage.Refused,
                Reason = "CONNECT is refused on every route",
            };
        }

        if (!RawTarget.TryParse(RawTarget.FromText(request.Target), out RawTarget? target, out TargetRefusal refusal))
        {
            return new Evaluation
            {
                Status = 400,
                Stage = EvaluationStage.Refused,
                Reason = "the target " + refusal.Describe(),
            };
        }

        // The absolute form's authority wins, and is what the upstream sees (RFC 9112, section 3.2.2).
        request = request with
        {
            Host = target.Authority ?? request.Host,
            Target = ToText(target.Target),
        };
        if (request.HostName.Length == 0)
        {
            return new Evaluation
            {
                Status = 400,
                Stage = EvaluationStage.Refused,
                Reason = "no Host",
            };
        }

        // 2. The listener and the site.
        if (listener?.Speaks(request.Https) != true)
        {
            string scheme = request.Https ? "https" : "http";
            return new Evaluation
            {
                Stage = EvaluationStage.NoListener,
                Reason = listener is not null ? $"port {request.Port} doesn't speak {scheme}" : $"nothing listens on port {request.Port}",
            };
        }

        (Site? site, Site? redirecting) = listener.Find(request.HostName);
        if (redirecting is { RedirectHttp: { } redirect })
        {
            string location = "https://" + Listeners.HttpsAuthority(redirecting, request.HostName) + request.Target;
            return new Evaluation
            {
                Status = redirect.Status,
                Stage = EvaluationStage.HttpsRedirect,
                Reason = "plain HTTP is redirected to https",
                Site = redirecting,
                SiteReason = HostReason(redirecting, request.HostName),
                ResponseHeaders = [new("Location", location)],
            };
        }

        if (site is null)
        {
            return new Evaluation
            {
                Status = 404,
                Stage = EvaluationStage.NoSite,
                Reason = $"no site on port {request.Port} answers for '{request.HostName}'",
            };
        }

        // 3. The route.
        IPAddress client = ClientAddress.Resolve(_spec.TrustedProxies, request.Peer, request.Joined("X-Forwarded-For"));
        EvaluatedRequest.Head head = request.HeadOf(
            Encoding.Latin1.GetBytes(target.Normalized),
            Encoding.Latin1.GetBytes(target.Query ?? ""),
            client
        );
        RouteTable routes = _routes.GetOrAdd(site, static s => new RouteTable(s.Routes));
        IReadOnlyList<(Route Route, string? PassedOver)> tried = routes.Explain(in head);
        Route? route = tried is [.., (var last, null)] ? last : null;
        var evaluation = new Evaluation
        {
            Reason = "",
            Site = site,
            SiteReason = HostReason(site, request.HostName),
            Route = route,
            Path = target.NormalizedText,
            Ambiguity = site.Routes.Any(r => r.IsGuarded) ? Ambiguity(routes, route, target, request, client) : null,
            PassedOver = [.. tried.Where(t => t.PassedOver is not null).Select(t => (t.Route, t.PassedOver ?? ""))],
            Client = client,
        };
        return route is not null
            ? Act(request, target, site, route, evaluation)
            : Act(request, target, site, RouteTable.NoRoute, evaluation) with
            {
                Reason = "no route of the site takes the path",
                Body = null,
            };
    }

    private Evaluation Act(EvaluatedRequest request, RawTarget target, Site site, Route route, Evaluation evaluation)
    {
        string client = evaluation.Client?.ToString() ?? "";
        Func<TemplatePart, string> value = p =>
            p.Placeholder switch
            {
                Placeholder.ClientIp => client,
                Placeholder.Host => request.HostName,
                Placeholder.Scheme => request.Https ? "https" : "http",
                Placeholder.Method => request.Method,
                Placeholder.Path => target.NormalizedText.Any(char.IsControl) ? "" : target.NormalizedText,
                Placeholder.Uri => request.Target,
                Placeholder.Query => ToText(target.Query ?? ""),
                Placeholder.UpstreamHostPort => route.Proxy is { } p2 ? ForwardedHeaders.ServerOf(p2.Upstream) : "",
                Placeholder.Port => request.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
                Placeholder.Header => request.Joined(p.Name),
                Placeholder.Cookie => request.Cookie(p.Name),
                Placeholder.Group => Encoding.UTF8.GetString(p.GroupIn(Encoding.Latin1.GetBytes(target.Normalized))),
                Placeholder.QueryValue => QueryParameters.First(ToText(target.Query ?? ""), p.Name),
                _ => p.Written,
            };
        // What the proxy refuses has the fields of an error; an upstream is taken to succeed.
        Evaluation refused = WithFields(evaluation with { Guards = GuardsOf(route) }, success: false);
        Evaluation answered = WithFields(
            refused,
            route.Action is not RespondAction { Status: var fixedStatus } || SuccessStatus.Includes(fixedStatus)
        );

        Evaluation WithFields(Evaluation of, bool success)
        {
            IReadOnlyList<HeaderEdit> edits = EffectiveHeaders.Response(site, route, success);
            return of with
            {
                ResponseHeaders =
                [
                    .. edits.SelectMany(e =>
                        e.Values.Select(v => new KeyValuePair<string, string>(e.Name, v.Expand(value))).Where(h => h.Value.Length > 0)
                    ),
                ],
                RemovedHeaders = [.. edits.Where(e => e is { Drops: true, Values.Count: 0 }).Select(e => e.Name)],
            };
        }

        // 4. The guards that the spec alone decides.
        if ((route.IsGuarded || route.Transparent) && target.HasOddBytes)
        {
            return refused with
            {
                Status = 400,
                Stage = EvaluationStage.OddBytes,
                Reason = "a path with bytes outside of RFC 3986, on a route that is guarded or transparent",
            };
        }

        if (
            route.Cors is not null
            && request.Method == "OPTIONS"
            && request.Joined("Origin").Length > 0
            && request.Joined("Access-Control-Request-Method").Length > 0
        )
        {
            return answered with
            {
                Status = 204,
                Stage = EvaluationStage.Preflight,
                Reason = "a preflight of CORS, which brings no credentials and is answered before anybody asks for them",
            };
        }

        bool isEnough = route.AddressIsEnough && evaluation.Client is { } known && route.Access.Permits(known);
        if (evaluation.Client is { } address && !route.AddressIsEnough && !route.Access.Permits(address))
        {
            return refused with { Status = 403, Stage = EvaluationStage.AccessDenied, Reason = $"{address} is not allowed" };
        }

        if (route.BasicAuth is not null && !isEnough && request.Joined("Authorization").Length == 0)
        {
            return refused with { Status = 401, Stage = EvaluationStage.NoCredentials, Reason = "no credentials" };
        }

        // 5. The action.
        return route.Action switch
        {
            RespondAction respond => answered with
            {
                Status = respond.Status,
                Reason = "a fixed response",
                Body = respond.Body,
                ResponseHeaders =
                    respond.Body.Length > 0
                        ? [new("Content-Type", respond.ContentType), .. answered.ResponseHeaders]
                        : answered.ResponseHeaders,
            },
            CloseAction => answered with
            {
                Closes = true,
                Reason = "the connection is closed without a response",
                ResponseHeaders = [],
                RemovedHeaders = [],
            },
            RedirectAction redirect => answered with
            {
                Status = redirect.Status,
                Reason = "a redirect",
                ResponseHeaders = [new("Location", redirect.To.Expand(value)), .. answered.ResponseHeaders],
            },
            FilesAction files => answered with
            {
                Status = request.Method is "GET" or "HEAD" ? null : 405,
                Reason = request.Method is "GET" or "HEAD" ? $"files below {files.Root}" : "files are served to GET and HEAD alone",
            },
            ProxyAction proxy => answered with
            {
                Reason = FirstFiles(proxy, request, target) is { } first
                    ? $"a file below {first.Root} if there is one, else the upstream responds"
                    : "the upstream responds",
                MayBeFile = FirstFiles(proxy, request, target) is not null,
                Upstream = proxy.Upstream,
                Target = ToText(PathRewriting.Apply(target, route)),
                UpstreamHeaders = ForwardedHeaders.Of(
                    request,
                    proxy,
                    _spec.TrustedProxies,
                    client,
                    [.. isEnough ? WithoutCopied(route.ForwardAuth) : [], .. EffectiveHeaders.Request(site, route)],
                    value
                ),
            },
            _ => answered,
        };
    }

    // What an auth server that isn't asked would have said.
    private static IEnumerable<HeaderEdit> WithoutCopied(ForwardAuth? forward) =>
        from copied in forward?.CopyHeaders ?? []
        from name in ForwardedHeaders.TwinsOf(copied.Name).Prepend(copied.Name)
        select new HeaderEdit(name, Drops: true, []);

    private static FilesAction? FirstFiles(ProxyAction proxy, EvaluatedRequest request, RawTarget target) =>
        request.Method is "GET" or "HEAD" && proxy.FastCgi?.MayHoldSource(target.Normalized) != true ? proxy.FilesFirst : null;
}

using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Model.Sites;
using Confgen.Model.Templates;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;
using Confgen.Targets.Caddy.Syntax;
using Confgen.Targets.Caddy.Views;

namespace Confgen.Targets.Caddy.Building;

/// <summary>Builds what the templates see of a reverse proxy.</summary>
/// <param name="texts">Quotes for the site.</param>
/// <param name="inner">Quotes for the snippets that upstreams stand in.</param>
/// <param name="snippets">These snippets.</param>
/// <param name="onSocket">Whether requests come over a unix socket: Caddy then writes no <c>X-Forwarded-*</c>.</param>
internal sealed class ProxyBuilder(CaddyQuoter texts, CaddyQuoter inner, UpstreamSnippets snippets, bool onSocket)
{
    private static readonly CaddyVersion SwitchingHeadersSince = new(6, 3);
    private static readonly CaddyVersion ViaSince = new(10);

    private readonly bool _addsVia = texts.Version >= ViaSince;
    private readonly UpstreamBuilder _upstreams = new(inner);
    private ResponseHeaders? _headers;

    /// <summary>
    /// Of a peer without an address Caddy removes all three <c>X-Forwarded-*</c>, although two of them say nothing of it.
    /// </summary>
    private string[] SocketHeaders => onSocket ? ["X-Forwarded-Proto {scheme}", "X-Forwarded-Host {hostport}"] : [];

    /// <summary>A route's proxy.</summary>
    /// <param name="site">The site.</param>
    /// <param name="route">The route.</param>
    /// <param name="action">What it does.</param>
    /// <param name="name">A word for the route, for an upstream without a name.</param>
    public ProxyView Build(Site site, Route route, ProxyAction action, string name)
    {
        Upstream upstream = action.Upstream;
        bool upgrades = action.WebSocket != WebSocketMode.Never && upstream.Scheme is not (ServerScheme.H2c or ServerScheme.Unix);
        UpstreamView view = _upstreams.Build(upstream, action.Host);
        view = view with
        {
            HeaderUp = [.. view.HeaderUp, .. SocketHeaders, .. RequestHeaders(site, route, early: false)],
            HeaderDown = action.ResponseRewrite is null ? [] : [.. new ResponseAddresses(inner, site, route).Lines()],
            FlushInterval =
                action.FlushInterval is { } flush && flush > TimeSpan.Zero ? CaddyQuoter.Duration(flush)
                : action.FlushInterval is null && upstream.Buffers is not null ? "0"
                : null,
            Intercept = route.Errors.Intercept.Count > 0 ? string.Join(' ', route.Errors.Intercept) : null,
            KeepsChallenge = route.Errors.Intercept.Any(static status => status.Matches(401)),
            SwitchedHeaders = upgrades && texts.Version < SwitchingHeadersSince ? [.. SwitchedHeaders(site, route)] : [],
        };
        return Of(upstream, view, action.Timeouts, action.ReadTimeout, upgrades, name) with
        {
            Upgraded = upgrades ? CaddyQuoter.Duration(action.UpgradedTimeout) : null,
            DropsUpgrade = action.WebSocket == WebSocketMode.Never,
            EarlyHeaders = [.. RequestHeaders(site, route, early: true)],
        };
    }

    /// <summary>Whether servers of the upstream are passed over although the spec has no health of theirs.</summary>
    public bool PassesOverFailed(Upstream upstream) => _upstreams.PassesOverFailed(upstream);

    /// <summary>The upstream of an error page: it sees the request as it came.</summary>
    public ProxyView BuildFallback(Site site, Route route, Upstream upstream, string name)
    {
        Timeouts timeouts = (route.Action as ProxyAction)?.Timeouts ?? new Timeouts();
        UpstreamView view = _upstreams.Build(upstream, HostHeader.Preserve);
        return Of(
            upstream,
            view with
            {
                HeaderUp = [.. view.HeaderUp, .. SocketHeaders, .. RequestHeaders(site, route, early: false)],
            },
            timeouts,
            timeouts.Read,
            upgrades: false,
            name
        );
    }

    private ProxyView Of(Upstream upstream, UpstreamView view, Timeouts timeouts, TimeSpan read, bool upgrades, string name)
    {
        TimeSpan head = upstream.ResponseHeaderTimeout is { } limit && limit < read ? limit : read;
        TransportView? transport = Transport(upstream, timeouts);
        bool one =
            view.IsPlain
            && transport is null
            && view.Servers.Length > 0
            && !view.Servers.Contains(' ', StringComparison.Ordinal)
            && (view.FailDuration is null ? view.MaxFails is null : upgrades && !view.FailsForRetry);
        return snippets.Share(
            new ProxyView
            {
                Upstream = view,
                Address = one ? view.Servers : null,
                Transport = transport,
                Connect = CaddyQuoter.Duration(timeouts.Connect),
                Read = upstream.Scheme == ServerScheme.H2c ? null : CaddyQuoter.Duration(head),
            },
            (upstream.IsInline ? null : UpstreamSnippets.Word(upstream.Name)) ?? name
        );
    }

    // The header rules hold for 101 too, which a release before 2.6.3 writes past them.
    private IEnumerable<HeaderRulesView> SwitchedHeaders(Site site, Route route)
    {
        _headers ??= new ResponseHeaders(inner, site);
        return _headers
            .Shared.Blocks.Concat(_headers.Of(route).Blocks)
            .Select(static block => block with { Lines = [.. block.Lines.Where(static line => line[0] != '-')] })
            .Where(static block => block.Lines.Count > 0);
    }

    /// <summary>
    /// The line of a header block that gives the cookie of <c>balance: cookie</c> its attributes; null without such a balance.
    /// </summary>
    public string? StickyCookie(Upstream upstream, bool tls)
    {
        if (upstream.Balance.Policy != BalancePolicy.Cookie || (upstream.Servers.Count < 2 && upstream.Discover is null))
        {
            return null;
        }

        string regex =
            $@"^({PathPattern.Escape(upstream.Balance.Key ?? "lb")}=[0-9a-f]{{64}})(?:; Path=/|; HttpOnly|; SameSite=\w+)*((?:; Secure)?)(?:; SameSite=\w+)*$";
        return "Set-Cookie "
            + texts.Regex(regex, upstream.At.Of(UpstreamFields.Balance))
            + " \"$1; Path=/; HttpOnly"
            + (tls ? "; Secure" : "$2")
            + "; SameSite=Lax\"";
    }

    /// <summary>
    /// Lines of <c>header_up</c>. Caddy adds before it sets or deletes, so where lines are replaced by several, the client's are deleted by
    /// <c>request_header</c>, which comes before the proxy. Nothing is set there: what the client's Connection names is dropped later.
    /// </summary>
    private IEnumerable<string> RequestHeaders(Site site, Route route, bool early)
    {
        Model.Sources.SourceSpan at = route.At.Of(RouteFields.Headers);
        foreach (HeaderEdit edit in EmptyHeaderRules.Of(EffectiveHeaders.Request(site, route), texts.ClientAddress.Length > 0))
        {
            string name = texts.FieldName(edit.Name, at);
            // A set Via would go with Caddy's.
            if (EmptyHeaderRules.MayBeEmpty(edit) || (_addsVia && edit.Name.Equals("Via", StringComparison.OrdinalIgnoreCase)))
            {
                foreach (string line in early ? ConditionalHeader(edit, name, at) : [])
                {
                    yield return line;
                }

                continue;
            }

            bool replaces = edit is { Drops: true, Values.Count: > 1 };
            if (early && replaces)
            {
                yield return "-" + name;
            }

            if (!early && edit is { Drops: true, Values.Count: 0 })
            {
                // Go sends its own User-Agent where there is none, and none where it is empty.
                yield return name.Equals("User-Agent", StringComparison.OrdinalIgnoreCase) ? name + " \"\"" : "-" + name;
            }

            for (int i = 0; i < edit.Values.Count && !early; i++)
            {
                yield return (edit.Drops && !replaces ? "" : "+") + name + " " + inner.HeaderValue(edit.Values[i], at);
            }
        }
    }

    /// <summary>
    /// Lines of <c>request_header</c>, since <c>header_up</c> knows no conditions; what Connection names is dropped behind them, so it
    /// names them no more.
    /// </summary>
    private IEnumerable<string> ConditionalHeader(HeaderEdit edit, string name, Model.Sources.SourceSpan at)
    {
        yield return "Connection " + texts.Regex("(?i)" + PathPattern.Escape(edit.Name), at) + " x-none";
        if (edit.Drops)
        {
            yield return "-" + name;
        }

        foreach (TextTemplate value in edit.Values)
        {
            yield return (EmptyHeaderRules.MayBeEmpty(value) ? EmptyHeaderRules.PresenceOf(value).Matcher + " " : "")
                + "+"
                + name
                + " "
                + texts.HeaderValue(value, at);
        }
    }

    private TransportView? Transport(Upstream upstream, Timeouts timeouts)
    {
        bool https = upstream.Scheme == ServerScheme.Https;
        var view = new TransportView
        {
            WriteTimeout = https ? CaddyQuoter.Duration(timeouts.Send) : null,
            ReadBuffer = upstream.Buffers?.Read is { } readBuffer ? readBuffer + "B" : null,
            WriteBuffer = upstream.Buffers?.Write is { } writeBuffer ? writeBuffer + "B" : null,
            Keepalive = upstream.Keepalive is { } keepalive
                ? keepalive.Idle == 0
                    ? "off"
                    : CaddyQuoter.Duration(keepalive.Timeout)
                : null,
            IdleConnections = upstream.Keepalive is { Idle: > 0 } idle ? idle.Idle : null,
        };
        view = https ? TlsTransport.Over(view, upstream.Tls, inner) : view;
        return view == new TransportView() ? null : view;
    }
}

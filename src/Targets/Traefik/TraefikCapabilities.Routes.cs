using Confgen.Compiler.Language;
using Confgen.Compiler.Rendering;
using Confgen.Compiler.Schema;
using Confgen.Model.Guards;
using Confgen.Model.Routes;
using Confgen.Model.Sites;

namespace Confgen.Targets.Traefik;

internal static partial class TraefikCapabilities
{
    private const string NoBody = "Traefik has no response with a body of its own: let an upstream give it";
    private const string NoClose = "respond with a status, as 404";

    // Those without words can't be sent.
    private static readonly HashSet<int> _statuses =
    [
        .. Enumerable.Range(200, 9),
        226,
        300,
        .. Enumerable.Range(400, 19),
        .. Enumerable.Range(421, 6),
        428,
        429,
        431,
        451,
        .. Enumerable.Range(500, 9),
        510,
        511,
    ];

    private static IEnumerable<Capability> Routes() =>
        [
            .. OnBoth(
                RouteFields.Proxy,
                Support.Unsupported,
                "with a tunnel",
                static proxy => proxy.Tunnel is not null,
                "forward to the entry of V2Ray's portal by its address, or build for nginx or Caddy"
            ),
            Capability.For<Route>(
                RouteFields.Respond,
                Support.Unsupported,
                "with a body",
                static route => route.Action is RespondAction { Body.Length: > 0 },
                NoBody
            ),
            Capability.For<Route>(
                RouteFields.Respond,
                Support.Unsupported,
                "`close`",
                static route => route.Action is CloseAction,
                NoClose
            ),
            Capability.For<Route>(
                RouteFields.Respond,
                Support.Unsupported,
                "with a status that has no words",
                static route => route.Action is RespondAction respond && !_statuses.Contains(respond.Status),
                NoClose
            ),
            new(RouteFields.Respond, Support.Approximate, "the body is the status's words, as `Not Found`"),
            new(RespondFields.Status, Support.Read),
            Capability.For<RespondAction>(
                RespondFields.Body,
                Support.Unsupported,
                "that isn't empty",
                static respond => respond.Body.Length > 0,
                NoBody
            ),
            new(RespondFields.Body, Support.Read),
            new(RespondFields.ContentType, Support.Unsupported, NoBody),
            Capability.For<Route>(
                RouteFields.Redirect,
                Support.Unsupported,
                "with 303",
                static route => route.Action is RedirectAction { Status: 303 },
                "write 302, with which browsers ask by GET as well"
            ),
            new(RouteFields.Redirect, Support.Approximate, ByMethod),
            new(RedirectFields.Status, Support.Read),
            new(
                RouteFields.Transparent,
                Support.Approximate,
                "escapes are written in capitals, those of letters, digits, `-`, `.`, `_` and `~` as the character, and bytes that "
                    + "RFC 3986 "
                    + "doesn't allow as escapes"
            ),
            new(RouteFields.CacheControl, Support.Approximate, "errors have it, too"),
            new(
                RouteFields.MaxBody,
                Support.Approximate,
                "Traefik's rules see the length that the head tells: a body in chunks isn't counted"
            ),
            .. OnBoth(RouteFields.WebSocket, Support.Read, "`false`", static proxy => proxy.WebSocket == WebSocketMode.Never, ""),
            new(RouteFields.WebSocket, Support.Approximate, "an upgraded connection may idle without an end"),
            Capability.For<Route>(
                RouteFields.Log,
                Support.Approximate,
                NotOff,
                static route => route.Log is { Format: not AccessLogFormat.Off },
                OwnFields
            ),
            new(
                TimeoutsFields.Read,
                Support.Approximate,
                "so long the head of a response may take; between pieces of the body no time-out holds"
            ),
            new(TimeoutsFields.Send, Support.Approximate, "while an upload is sent no time-out holds"),
            Capability.For<HeaderEdits>(
                HeaderRulesFields.On,
                Support.Unsupported,
                "`success`",
                static edits => edits.OnSuccess,
                "let the upstream set the field, or write `on: always`"
            ),
            new(HeaderRulesFields.On, Support.Read),
            new(HeaderRulesFields.Add, Support.Unsupported, "Traefik sets and removes fields: use `set`"),
            new(MatchFields.Query, Support.Approximate, "names and values are compared decoded, and a `;` separates parameters as well"),
            new(
                RateLimitFields.Rate,
                Support.Approximate,
                "a request that comes a little early, at most half a second, waits for its turn instead of getting 429"
            ),
            new(RateLimitFields.Burst, Support.Read),
            new(RateLimitFields.Key, Support.Read),
            new(RateLimitKeyFields.Header, Support.Read),
            Capability.For<BasicAuth>(
                BasicAuthFields.Users,
                Support.Unsupported,
                "with a hash of SHA-256 or SHA-512",
                HasForeignHash,
                "make a bcrypt hash, as `htpasswd -B` does"
            ),
            Capability.For<BasicAuth>(
                BasicAuthFields.File,
                Support.Unsupported,
                "with a hash of SHA-256 or SHA-512",
                HasForeignHash,
                "make a bcrypt hash, as `htpasswd -B` does"
            ),
            new(CorsFields.Origins, Support.Approximate, "a preflight gets 200 instead of 204"),
        ];

    // What a route says of its upstream is found at the route and at its action.
    private static IEnumerable<Capability> OnBoth(
        Field field,
        Support support,
        string condition,
        Func<ProxyAction, bool> when,
        string note
    ) =>
        [
            Capability.For<ProxyAction>(field, support, condition, when, note),
            Capability.For<Route>(field, support, condition, route => route.Proxy is { } proxy && when(proxy), note),
        ];

    private static bool HasForeignHash(BasicAuth auth) =>
        auth.Users.Any(static user =>
            user.Hash.StartsWith("$5$", StringComparison.Ordinal) || user.Hash.StartsWith("$6$", StringComparison.Ordinal)
        );
}

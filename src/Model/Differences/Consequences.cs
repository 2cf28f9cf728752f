using Confgen.Model.Guards;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Model.Upstreams;

namespace Confgen.Model.Differences;

/// <summary>Names what a change means for those who run the proxy and for those who use it.</summary>
internal static class Consequences
{
    /// <summary>The risk of a change, and the sentence that names it.</summary>
    /// <param name="old">What it was.</param>
    /// <param name="new">What it is.</param>
    /// <param name="from">The old route, where one decides.</param>
    /// <param name="to">The new route.</param>
    /// <param name="classes">The requests.</param>
    public static (Risk Risk, string Text) Of(
        AspectValue old,
        AspectValue @new,
        Route? from,
        Route? to,
        IReadOnlyList<RequestClass> classes
    )
    {
        string where = ClassText.Paths(classes);
        string what = where == "every path" ? ClassText.Hosts(classes) : where;
        string everybody = to is null || RouteAspects.Guards(to) is not { } guards ? "for everybody" : guards;
        switch (old.Aspect)
        {
            case Aspect.Site:
                return Site(old, @new, what);
            case Aspect.Response:
                return Response(from, to, what, everybody);
            case Aspect.Access:
                return Access((AddressAccess)old.Value, (AddressAccess)@new.Value, what, everybody);
            case Aspect.Credentials:
                return Credentials(old.Value as BasicAuth, @new.Value as BasicAuth, what, everybody);
            case Aspect.AuthServer:
                return (old.Value, @new.Value) switch
                {
                    (ForwardAuth, not ForwardAuth) => (Risk.Exposure, $"{what} becomes reachable {everybody}: no auth server is asked"),
                    (not ForwardAuth, ForwardAuth) => (Risk.Breakage, $"{what} needs the consent of an auth server"),
                    _ => (Risk.Exposure, $"another answer of an auth server lets requests for {what} pass"),
                };
            case Aspect.Tls:
                return TlsConsequences.OfSite(old.Value as SiteTls, @new.Value as SiteTls, what);
            case Aspect.UpstreamTls:
                return TlsConsequences.OfServers(old.Value as UpstreamTls, @new.Value as UpstreamTls, what);
            case Aspect.RateLimit:
                return Rate(old.Value as RateLimit, @new.Value as RateLimit, what);
            case Aspect.Cors:
                return Cors(old.Value as Cors, @new.Value as Cors, what);
            case Aspect.BodyLimit:
                return (long)old.Value is var before && (long)@new.Value is var after && (before != 0 && (after == 0 || after > before))
                    ? (Risk.Change, $"larger request bodies reach {what}")
                    : (Risk.Breakage, $"larger uploads to {what} get 413");
            case Aspect.Timeouts:
                return Shortened(from, to)
                    ? (Risk.Breakage, $"slow responses and idle connections of {what} end earlier")
                    : (Risk.Change, $"slow responses of {what} are waited for longer");
            case Aspect.ResponseFields:
                return Fields(old.Text, @new.Text, what);
            case Aspect.Raw:
                return (Risk.Exposure, RawDifferences.Consequence);
            case Aspect.HeadLimit:
                return (long)@new.Value < (long)old.Value
                    ? (Risk.Breakage, "requests with long targets or many cookies get 431 or 414")
                    : (Risk.Change, "longer request heads are taken");
            default:
                return (Risk.Change, Plain(old.Aspect, what));
        }
    }

    private static string Plain(Aspect aspect, string what) =>
        aspect switch
        {
            Aspect.Servers => $"requests for {what} go to other servers",
            Aspect.Balance => $"the servers of {what} are chosen in another way: sessions may move",
            Aspect.Health => $"failing servers of {what} are found in another way",
            Aspect.UpstreamConnections => $"connections to the servers of {what} are kept in another way",
            Aspect.Target => $"the upstream sees another target for {what}",
            Aspect.Host => $"the upstream sees another Host for {what}: links and cookies may change",
            Aspect.RequestFields => $"the upstream sees other header fields for {what}",
            Aspect.ResponseAddresses => $"redirects and cookies of {what} lead elsewhere",
            Aspect.Protocols => $"clients of {what} are offered other protocols",
            Aspect.Compression => $"responses of {what} are compressed in another way",
            Aspect.Streaming => $"responses of {what} are passed on in another way",
            Aspect.OddTargets => $"paths of {what} with bytes outside of RFC 3986 are treated in another way",
            Aspect.ErrorPages => $"errors of {what} look different",
            Aspect.Log => $"requests for {what} are logged in another way",
            _ => $"{what} changes",
        };

    private static (Risk Risk, string Text) Site(AspectValue old, AspectValue @new, string what) =>
        (old.Value, @new.Value) switch
        {
            (_, Sites.Site site) when site.Routes.Any(r => RouteAspects.Guards(r) is null) => (
                Risk.Exposure,
                $"{what} becomes reachable for everybody"
            ),
            (_, Sites.Site) => (Risk.Change, $"{what} becomes reachable, every route behind a guard"),
            (Sites.Site, string) => (Risk.Breakage, $"{what} is no longer served"),
            (Sites.Site, _) => (Risk.Change, $"{what} sends its clients to https"),
            (string none, string) when none == Outcome.NoConnection => (Risk.Change, $"{what} gets 404, and no connection before"),
            (_, string) => (Risk.Breakage, $"{what} no longer gets a response of this proxy: bookmarks end there"),
            _ => (Risk.Change, $"{what} is redirected"),
        };

    private static (Risk Risk, string Text) Response(Route? from, Route? to, string what, string everybody)
    {
        bool was = from is not null && Serves(from);
        bool serves = to is not null && Serves(to);
        return (was, serves) switch
        {
            (false, true) => (RouteAspects.Guards(to!) is null ? Risk.Exposure : Risk.Change, $"{what} becomes reachable {everybody}"),
            (true, false) => (Risk.Breakage, $"{what} is no longer served"),
            _ => (Risk.Change, $"{what} gets another response"),
        };
    }

    // Whether a route gives content: an upstream's, files, a text.
    private static bool Serves(Route route) => route.Action is ProxyAction or FilesAction or RespondAction { Status: < 300 };

    private static (Risk Risk, string Text) Access(AddressAccess old, AddressAccess @new, string what, string everybody)
    {
        if (@new.IsOpen)
        {
            return (Risk.Exposure, $"{what} becomes reachable {everybody}");
        }

        bool widens =
            @new.Allow.Any(c => !old.Allow.Any(o => o.Contains(c))) && old.Allow.Count > 0
            || (@new.Allow.Count == 0 && old.Allow.Count > 0)
            || old.Deny.Any(d => !@new.Deny.Any(n => n.Contains(d)))
            || (@new.IsEnough && !old.IsEnough);
        return widens
            ? (Risk.Exposure, $"{what} becomes reachable from more addresses")
            : (Risk.Breakage, $"clients at some addresses get 403 for {what}");
    }

    private static (Risk Risk, string Text) Credentials(BasicAuth? old, BasicAuth? @new, string what, string everybody)
    {
        if (@new is null)
        {
            return (Risk.Exposure, $"{what} becomes reachable {everybody}: no password is asked for");
        }

        if (old is null)
        {
            return (Risk.Breakage, $"{what} needs a password");
        }

        string[] come = [.. @new.Users.Where(u => !old.Users.Contains(u)).Select(u => u.Name)];
        string[] gone = [.. old.Users.Where(u => !@new.Users.Contains(u)).Select(u => u.Name)];
        string[] changes =
        [
            .. Sentence(come.Except(gone, StringComparer.Ordinal), $"may use {what}"),
            .. Sentence(gone.Except(come, StringComparer.Ordinal), $"may no longer use {what}"),
            .. Sentence(come.Intersect(gone, StringComparer.Ordinal), $"has another password for {what}"),
        ];
        return changes.Length == 0
            ? (Risk.Change, $"browsers ask for the password of {what} again")
            : (come.Except(gone, StringComparer.Ordinal).Any() ? Risk.Exposure : Risk.Breakage, string.Join("; ", changes));

        static string[] Sentence(IEnumerable<string> users, string does) => users.Any() ? [$"{string.Join(", ", users)} {does}"] : [];
    }

    private static (Risk Risk, string Text) Rate(RateLimit? old, RateLimit? @new, string what) =>
        @new is null ? (Risk.Exposure, $"{what} takes any number of requests")
        : old is null || @new.Rate.Interval > old.Rate.Interval || @new.Burst < old.Burst
            ? (Risk.Breakage, $"clients of {what} get 429 earlier")
        : @new.KeyHeader != old.KeyHeader ? (Risk.Exposure, $"the requests for {what} are counted by something else")
        : (Risk.Change, $"{what} takes more requests in a time");

    private static (Risk Risk, string Text) Cors(Cors? old, Cors? @new, string what)
    {
        string[] come = [.. (@new?.Origins ?? []).Except(old?.Origins ?? [], StringComparer.Ordinal)];
        return come.Length > 0
                ? (
                    Risk.Exposure,
                    $"scripts of {string.Join(", ", come).Replace("*", "every site", StringComparison.Ordinal)} may read {what}"
                )
            : @new is { Credentials: true } && old is { Credentials: false }
                ? (Risk.Exposure, $"scripts of other sites may use their visitors' credentials for {what}")
            : @new is null ? (Risk.Breakage, $"scripts of other sites may no longer read {what}, unless the upstream says so")
            : (Risk.Change, $"scripts of other sites see other rules for {what}");
    }

    private static bool Shortened(Route? from, Route? to) =>
        from?.Proxy is { } was
        && to?.Proxy is { } now
        && (
            now.Timeouts.Connect < was.Timeouts.Connect
            || now.Timeouts.Send < was.Timeouts.Send
            || now.ReadTimeout < was.ReadTimeout
            || now.UpgradedTimeout < was.UpgradedTimeout
            || (now.Upstream.ResponseHeaderTimeout ?? TimeSpan.MaxValue) < (was.Upstream.ResponseHeaderTimeout ?? TimeSpan.MaxValue)
        );

    // Fields by which browsers protect a site.
    private static (Risk Risk, string Text) Fields(string old, string @new, string what)
    {
        string[] protecting =
        [
            "Strict-Transport-Security",
            "Content-Security-Policy",
            "X-Frame-Options",
            "X-Content-Type-Options",
            "Referrer-Policy",
            "Permissions-Policy",
        ];
        string[] lost = [.. protecting.Where(f => Sets(old, f) && !Sets(@new, f))];
        return lost.Length > 0
            ? (Risk.Exposure, $"{what} is no longer protected by {string.Join(", ", lost)}")
            : TlsConsequences.OfHsts(old, @new, what) ?? (Risk.Change, $"responses of {what} have other header fields");

        static bool Sets(string text, string field) => text.Contains(field + ": ", StringComparison.OrdinalIgnoreCase);
    }
}

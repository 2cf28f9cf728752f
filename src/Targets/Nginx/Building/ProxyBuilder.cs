using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;
using Confgen.Targets.Nginx.Views;

namespace Confgen.Targets.Nginx.Building;

/// <summary>How requests of a site's routes are forwarded.</summary>
internal sealed class ProxyBuilder(NginxBuild build, Site site, CommonView common)
{
    // What confgen/proxy.conf has.
    private const string CommonConnectTimeout = "5s";
    private const int CommonTries = 2;
    private const long HeadOfResponse = 32 * 1024;

    private readonly TargetMaps _targets = new(build);

    /// <summary>How a request is forwarded.</summary>
    /// <param name="route">The route.</param>
    /// <param name="proxy">What it says of forwarding.</param>
    /// <param name="upstream">How the upstream is reached.</param>
    /// <param name="read">The longest wait between two reads.</param>
    /// <param name="authHeaders">What the auth server's response adds to the request.</param>
    /// <param name="fallback">The upstream of an error page, whose requests keep their target; null for the route's own.</param>
    public ProxyView Of(
        Route route,
        ProxyAction proxy,
        UpstreamTarget upstream,
        TimeSpan read,
        IReadOnlyList<HeaderView> authHeaders,
        Upstream? fallback = null
    )
    {
        Upstream servers = fallback ?? proxy.Upstream;
        bool grpc = upstream.Family == "grpc";
        bool upgrades = proxy.WebSocket != WebSocketMode.Never && servers.Scheme != ServerScheme.H2c;
        string connect = NginxUnits.Time(proxy.Timeouts.Connect);
        string readTime = NginxUnits.Time(read);
        bool upgraded = proxy.WebSocket != WebSocketMode.Never && read != proxy.ReadTimeout;
        TimeSpan send = upgraded && proxy.Timeouts.Send < read ? read : proxy.Timeouts.Send;
        IReadOnlyList<HeaderGroupView> headers = build.RequestHeaders.Of(
            [site.Headers.Request, route.Headers.Request],
            upstream.HostPort,
            authHeaders,
            grpc,
            out bool repeatsCommon
        );
        bool own = fallback is null && !grpc;
        var addresses = new ResponseAddresses(build);
        return new ProxyView
        {
            Family = upstream.Family,
            Pass = fallback is null ? _targets.Url(upstream, route) : build.Use(upstream.Url().ToQuoted(), route.At.Span),
            HttpVersion = servers.Scheme == ServerScheme.H2c && !grpc ? "2" : null,
            Host = proxy.Host.Kind switch
            {
                HostHeaderKind.Literal => build.Text(proxy.Host.Literal ?? "", proxy.At.Of(RouteFields.Host)),
                HostHeaderKind.Upstream => build.Text(upstream.HostPort ?? "", proxy.At.Of(RouteFields.Host)),
                _ => null,
            },
            DropsUpgrades = !upgrades && !grpc,
            AlwaysHasServer = upstream.AlwaysHasServer,
            RepeatsHeaders = repeatsCommon || (grpc && headers.Count == 0),
            BehindProxies = build.Spec.TrustedProxies.Count > 0,
            Headers = headers,
            BuffersResponse = !grpc && servers.Buffers?.Read is not null && !proxy.Sse && proxy.FlushInterval is null,
            BuffersRequest = fallback is null && route.Errors.Pages.Any(page => page.Proxy is not null),
            ConnectTimeout = connect == CommonConnectTimeout && !grpc ? null : connect,
            ResolverTimeout = common.ResolverTimeout is { } commonTimeout && commonTimeout != connect ? connect : null,
            SendTimeout = NginxUnits.Time(send) == "60s" ? null : NginxUnits.Time(send),
            ReadTimeout = readTime == "60s" ? null : readTime,
            NextUpstream = upstream.HasSeveral ? RetryConditions.ForHttp(servers) : null,
            Tries = upstream.HasSeveral && servers.Retries > 0 && (servers.Retries + 1 != CommonTries || grpc) ? servers.Retries + 1 : null,
            Buffers = servers.Buffers is { } buffers ? Buffers(buffers) : null,
            Redirects = own ? [.. addresses.Redirects(route)] : [],
            CookiePaths = own ? [.. addresses.CookiePaths(route)] : [],
            CookieDomains = own ? [.. addresses.CookieDomains(route)] : [],
            Tls = ProxyTls.Of(build, upstream, servers.Tls),
        };
    }

    /// <summary>The sizes of buffers.</summary>
    public static BuffersView Buffers(UpstreamBuffers buffers)
    {
        string? write = buffers.Write is { } size ? NginxUnits.Size(size) : null;
        if (buffers.Read is not { } read)
        {
            return new BuffersView(null, null, null, write);
        }

        const int Count = BuffersView.Count;
        const long Page = 4096;
        const long Least = HeadOfResponse / (Count / 2);
        long each = Math.Max(Least, (read + Count - 1) / Count);
        each = (each + Page - 1) / Page * Page;
        long head = Math.Max(each, HeadOfResponse);

        // The default of the busy ones counts the head's buffer, and nginx doesn't start where that is more than all buffers but one.
        return new BuffersView(
            NginxUnits.Size(each),
            head != HeadOfResponse ? NginxUnits.Size(head) : null,
            each != HeadOfResponse ? NginxUnits.Size(Math.Max(head, 2 * each)) : null,
            write
        );
    }
}

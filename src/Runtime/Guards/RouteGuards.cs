using System.Text;
using Confgen.Model.Routes;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Routing;
using Confgen.Runtime.Transport;
using Confgen.Runtime.Upstreams;

namespace Confgen.Runtime.Guards;

/// <summary>The guards of one route, asked in nginx's order: rate, address, credentials, auth server.</summary>
internal sealed class RouteGuards : IRouteGuards
{
    private readonly Route _route;
    private readonly RateLimiter? _rate;
    private readonly byte[]? _rateField;
    private readonly BasicAuthGuard? _basic;
    private readonly ForwardAuthGuard? _forward;

    public RouteGuards(Route route, Func<Model.Upstreams.Upstream, UpstreamState> upstreams, DeadlineWatch watch)
    {
        _route = route;
        _rate = route.RateLimit is { } rate ? new RateLimiter(rate, watch) : null;
        _rateField = route.RateLimit?.KeyHeader is { } name ? Encoding.Latin1.GetBytes(name) : null;
        _basic = route.BasicAuth is { } basic ? new BasicAuthGuard(basic) : null;
        _forward = route.ForwardAuth is { } forward ? new ForwardAuthGuard(forward, upstreams(ForwardAuthGuard.UpstreamOf(forward))) : null;
    }

    /// <inheritdoc/>
    public ValueTask<int?> AskAsync(RoutedRequest request, DeadlineWatch watch) =>
        _route.IsGuarded || _route.Cors is not null ? AskEachAsync(request, watch) : ValueTask.FromResult<int?>(0);

    private async ValueTask<int?> AskEachAsync(RoutedRequest request, DeadlineWatch watch)
    {
        Request head = request.Exchange.Request;
        if (_route.Cors is { } cors)
        {
            // A preflight brings no credentials: it is answered before anybody asks for them.
            bool isPreflight = CorsGuard.IsPreflight(head);
            request.GuardEdits = CorsGuard.EditsFor(cors, head, isPreflight);
            if (isPreflight)
            {
                request.Exchange.Response.Reset(204);
                ResponseRules.Apply(request);
                request.Exchange.Begin();
                await request.Exchange.EndAsync(null);
                return null;
            }
        }

        if (_rate is not null && !_rate.TryPass(RateKey(request)))
        {
            return 429;
        }

        if (!_route.Access.Permits(request.Identity.Address))
        {
            if (!_route.AddressIsEnough)
            {
                return 403;
            }
        }
        else if (_route.AddressIsEnough)
        {
            // No auth server is asked: what it would have said must not come from the client.
            request.RequestEdits = _forward?.WithoutCopied(head.Fields);
            return 0;
        }

        if (_basic is not null && !await _basic.PermitsAsync(head.Fields))
        {
            (request.GuardEdits ??= new FieldEditor()).Set("WWW-Authenticate", _basic.Challenge);
            return 401;
        }

        // Whoever passes by the address may write any name.
        request.User = _basic is null || _route.AddressIsEnough ? null : BasicAuthGuard.UserOf(head.Fields);
        return _forward is null ? 0 : await _forward.AskAsync(request, watch);
    }

    // Requests without the field share one count: leaving it out must not be the way around the rate.
    private string RateKey(RoutedRequest request)
    {
        FieldList fields = request.Exchange.Request.Fields;
        return _rateField is null ? request.Identity.ClientText
            : fields.IndexOf(_rateField) is >= 0 and var at ? fields.ValueText(at)
            : "";
    }
}

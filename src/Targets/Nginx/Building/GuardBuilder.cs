using System.Globalization;
using System.Text;
using Confgen.Compiler.Language;
using Confgen.Compiler.Rendering;
using Confgen.Compiler.Schema;
using Confgen.Model.Guards;
using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Targets.Nginx.Syntax;
using Confgen.Targets.Nginx.Views;

namespace Confgen.Targets.Nginx.Building;

/// <summary>What stands before a route: addresses, credentials, the rate, an auth server, CORS preflights.</summary>
internal sealed class GuardBuilder
{
    private readonly NginxBuild _build;
    private readonly ServerScope _server;
    private readonly Route _route;
    private readonly string _name;
    private readonly IReadOnlyList<(string Header, string Variable)> _copied;
    private readonly Lazy<string> _status;
    private readonly SignInBuilder? _signIn;
    private ErrorPageView? _signInPage;
    private string? _ask;
    private string? _relay;

    public GuardBuilder(NginxBuild build, ServerScope server, Route route, string name)
    {
        (_build, _server, _route, _name) = (build, server, route, name);
        _status = new(() => build.Variables.New("auth_status", name));
        _copied = route.ForwardAuth is { } asks
            ? [.. asks.CopyHeaders.Select(copied => (copied.Name, "$" + build.Variables.New("auth", name, copied.Name)))]
            : [];
        _signIn = route.ForwardAuth is { SignIn: { } signIn } refuses ? new SignInBuilder(build, server, refuses, signIn) : null;
        Refusals = MakeRefusals();
        View = MakeView();
        AuthHeaders = route.ForwardAuth is { } auth
            ?
            [
                .. _copied.Select(copied => new HeaderView(NginxQuoting.HeaderName(copied.Header).Text, copied.Variable)),
                .. auth
                    .CopyHeaders.SelectMany(copied => ForwardedHeaders.TwinsOf(copied.Name))
                    .Where(twin => !_copied.Any(copied => copied.Header.Equals(twin, StringComparison.OrdinalIgnoreCase)))
                    .Select(twin => new HeaderView(NginxQuoting.HeaderName(twin).Text, "\"\"")),
            ]
            : [];
    }

    /// <summary>Requests that are answered at once.</summary>
    public IReadOnlyList<RefusalView> Refusals { get; }

    /// <summary>Addresses, credentials and the rate; null where nothing guards the route so.</summary>
    public GuardsView? View { get; }

    /// <summary>What the upstream gets from the auth server's response; the client's own headers of these names are replaced.</summary>
    public IReadOnlyList<HeaderView> AuthHeaders { get; }

    /// <summary>The location, behind the auth server where there is one.</summary>
    /// <param name="location">The location.</param>
    /// <param name="headers">The route's response fields.</param>
    /// <param name="errors">How the location's own errors are answered.</param>
    public LocationView WithAuth(LocationView location, ResponseHeaders headers, ErrorProfile errors)
    {
        if (_route.ForwardAuth is not { } auth)
        {
            return location;
        }

        if (_ask is null || _relay is null)
        {
            _ask = "/." + _server.Names.New("auth", _name);
            _relay = "@" + _server.Names.New("auth", "refused", _name);
            AddLocations(auth, _ask, _relay, headers, errors);
        }

        return location with
        {
            AuthRequest = new AuthRequestView(
                _ask,
                [
                    new HeaderView("$" + _status.Value, "$upstream_status"),
                    .. _signIn?.Kept ?? [],
                    .. _copied.Select(copied => new HeaderView(
                        copied.Variable,
                        "$upstream_http_" + NginxNames.HeaderVariable(copied.Header)
                    )),
                ]
            ),
            RecursiveErrors = true,
            ErrorPages =
            [
                .. _signInPage is { } page ? [page] : (ErrorPageView[])[],
                new ErrorPageView(_signInPage is null ? [401, 403, 500] : [403, 500], _relay, TakesStatus: true),
                .. errors.Pages,
            ],
            RepeatsErrors = true,
        };
    }

    /// <summary>
    /// Whether the auth server is asked in a location of its own: what refuses before it must not be taken for its response.
    /// </summary>
    public bool AsksApart =>
        _route is { ForwardAuth: not null, AddressIsEnough: false } && (_route.BasicAuth is not null || !_route.Access.IsOpen);

    /// <summary>The locations that a request passes before the one that serves it.</summary>
    /// <param name="location">The first, without its action.</param>
    /// <param name="last">The name of the one that responds.</param>
    /// <param name="headers">The route's response fields.</param>
    /// <param name="errors">How the locations' own errors are answered.</param>
    public IReadOnlyList<LocationView> InFront(LocationView location, string last, ResponseHeaders headers, ErrorProfile errors)
    {
        if (!AsksApart)
        {
            return [WithAuth(location with { Dispatch = last }, headers, errors)];
        }

        string asked = "@" + _server.Names.New(_name, "asked");
        LocationView asking = location with { Matcher = asked, Refusals = [], Guards = null, Dispatch = last };
        return [location with { Dispatch = asked }, WithAuth(asking, headers, errors)];
    }

    private List<RefusalView> MakeRefusals()
    {
        var refusals = new List<RefusalView>();
        if (_route.Cors is not null)
        {
            refusals.Add(new RefusalView("preflights"));
        }

        if (_route.IsGuarded || _route.Transparent)
        {
            refusals.Add(new RefusalView("odd_path"));
        }

        return refusals;
    }

    private GuardsView? MakeView() =>
        _route is { Access.IsOpen: true, BasicAuth: null, RateLimit: null }
            ? null
            : new GuardsView
            {
                Deny = [.. _route.Access.Deny.Select(block => block.ToString())],
                Allow = [.. _route.Access.Allow.Select(block => block.ToString())],
                SatisfiesAny = _route.AddressIsEnough,
                Realm = _route.BasicAuth is { } basic ? _build.Text(basic.Realm, basic.At.Of(BasicAuthFields.Realm)) : null,
                UserFile = _route.BasicAuth is { } users ? UserFile(users) : null,
                RateZone = _route.RateLimit is { } rate ? Zone(rate) : null,
                RateBurst = _route.RateLimit is { Burst: > 0 } burst ? burst.Burst : null,
            };

    /// <summary>
    /// The users in a file of its own, named from the configuration's folder; one file for all routes with the same users.
    /// </summary>
    private string UserFile(BasicAuth basic)
    {
        var text = new StringBuilder();
        foreach (BasicAuthUser user in basic.Users)
        {
            text.Append(user.Name).Append(':').Append(user.Hash).Append('\n');
        }

        string content = text.ToString();
        RenderedFile? same = _build.Files.Find(file => file.Text == content);
        if (same is null)
        {
            string folder = _build.IsInclude ? "conf.d/" : "htpasswd/";
            same = new RenderedFile(
                folder + _build.Groups.New(_server.Site, _name) + (_build.IsInclude ? ".htpasswd" : ""),
                content,
                HoldsSecrets: true
            );
            _build.Files.Add(same);
        }

        return same.Path;
    }

    private string Zone(RateLimit rate)
    {
        string zone = _build.Groups.New("rate", _server.Site, _name);
        (int count, string unit) = rate.Rate.Per.TotalSeconds switch
        {
            1 => (rate.Rate.Count, "s"),
            60 => (rate.Rate.Count, "m"),
            _ => (Math.Max(1, rate.Rate.Count / 60), "m"),
        };
        string key = rate.KeyHeader is { } header ? "$" + SharedKey(header) : "$binary_remote_addr";
        _build.RateZones.Add(new RateZoneView(key, zone, string.Create(CultureInfo.InvariantCulture, $"{count}r/{unit}")));
        return zone;
    }

    // nginx doesn't count requests whose key is empty.
    private string SharedKey(string header) =>
        _build.Map(
            NginxNames.Join("rate_key", header),
            new MapView
            {
                Purpose = "rate_key",
                Source = "$http_" + NginxNames.HeaderVariable(header),
                Variable = "",
                Lines = [new MapLineView("default", "$http_" + NginxNames.HeaderVariable(header)), new MapLineView("\"\"", "-")],
            }
        );

    private void AddLocations(ForwardAuth auth, string ask, string relay, ResponseHeaders headers, ErrorProfile errors)
    {
        UpstreamTarget server = _build.Upstreams.TargetOf(_build.UpstreamOf(auth.Server, auth.Tls, auth.At.Of(ForwardAuthFields.Url)));
        var proxy = new ProxyView
        {
            Pass = "",
            AsksAuth = true,
            BehindProxies = _build.Spec.TrustedProxies.Count > 0,
            Tls = ProxyTls.Of(_build, server, auth.Tls),
        };
        _server.Locations.Add(
            new LocationView
            {
                Matcher = "= " + ask,
                Internal = true,
                Proxy = proxy with { Pass = _build.Use(server.Url().Literal(auth.Target).ToQuoted(), auth.At.Of(ForwardAuthFields.Url)) },
            }
        );

        // nginx keeps the status of a refusal and nothing else; asked once more, the auth server's whole response can be relayed.
        string target = _build.Map(
            "auth_target",
            new MapView
            {
                Purpose = "auth_target",
                Source = "\"\"",
                Variable = "",
                Lines = [new MapLineView("default", _build.Text(auth.Target, auth.At.Of(ForwardAuthFields.Url)))],
            }
        );
        var refused = new LocationView
        {
            Purpose = "auth_refused",
            Matcher = relay,
            RecursiveErrors = true,
            ErrorPages = errors.Pages,
            RepeatsErrors = errors.Pages.Count > 0,
            Refusals = [new RefusalView("auth_passes", "$" + _status.Value)],
            HiddenHeaders = ["WWW-Authenticate", .. headers.Hidden],
            ServerHeader = headers.ServerHeader.SequenceEqual(_server.SiteHeaders.ServerHeader) ? [] : headers.ServerHeader,
            Proxy = proxy with { Pass = _build.Use(server.Url().Variable(target).ToQuoted(), auth.At.Of(ForwardAuthFields.Url)) },
        };
        _server.Locations.Add(refused);
        _signInPage = _signIn?.Add(relay, refused);
    }
}

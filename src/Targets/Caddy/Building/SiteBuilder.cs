using System.Globalization;
using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Model.Sites;
using Confgen.Targets.Caddy.Syntax;
using Confgen.Targets.Caddy.Views;

namespace Confgen.Targets.Caddy.Building;

/// <summary>Builds what the templates see of a site.</summary>
internal sealed class SiteBuilder
{
    private static readonly CaddyVersion TrustPoolsSince = new(8);

    // What a Caddyfile takes for a truth or a number, so that as a mark of a route it would be no text any more.
    private static readonly HashSet<string> _values = new(StringComparer.Ordinal) { "t", "f", "true", "false", "inf", "infinity", "nan" };

    private readonly CaddyQuoter _general;
    private readonly bool _sharesOwnHeaders;
    private readonly Listeners _listeners;
    private readonly AccessLogs _logs;
    private readonly RefusalsView _refusals;
    private readonly RequestsView _requests;
    private readonly bool _shared;
    private readonly Compressions _compressions;

    /// <summary>Makes it for a spec.</summary>
    /// <param name="texts">Quotes for the files that sites are written to.</param>
    /// <param name="listeners">All listeners.</param>
    /// <param name="logs">The access logs.</param>
    /// <param name="refusals">What is refused everywhere.</param>
    /// <param name="requests">What every request goes through.</param>
    /// <param name="shared">Whether that is a snippet.</param>
    /// <param name="compressions">All compressions.</param>
    /// <param name="sharesOwnHeaders">Whether a snippet keeps Caddy from adding headers of its own.</param>
    public SiteBuilder(CaddyQuoter texts, Listeners listeners, AccessLogs logs, RefusalsView refusals, RequestsView requests, bool shared, Compressions compressions, bool sharesOwnHeaders)
    {
        _general = texts;
        _sharesOwnHeaders = sharesOwnHeaders;
        _listeners = listeners;
        _logs = logs;
        _refusals = refusals;
        _requests = requests;
        _shared = shared;
        _compressions = compressions;
    }

    /// <summary>A block for each interface that the site listens on: nearly always one.</summary>
    public IEnumerable<SiteView> Build(Site site)
    {
        bool first = true;
        foreach (IGrouping<string?, ListenAddress> group in site.Listen.GroupBy(Listeners.InterfaceOf))
        {
            SiteView view = Build(site, group.Key, [.. group.Select(listen => Listeners.PortOf(site, listen))]);
            yield return first ? view : view with { Redirect = null };
            first = false;
        }
    }

    private SiteView Build(Site site, string? bind, List<int> ports)
    {
        CaddyQuoter texts = _general.Of(site);
        var proxies = new ProxyBuilder(texts, _sharesOwnHeaders, onSocket: bind?.StartsWith(Listeners.SocketPrefix, StringComparison.Ordinal) == true, _requests.MarksResponses);
        var builder = new RouteBuilder(texts, proxies, _compressions);
        var headers = new ResponseHeaders(texts, site);
        List<Route> order = [.. RouteTable.InOrder(site.Routes)];
        bool sameBody = order.All(route => route.MaxBody == order[0].MaxBody);
        Route? whole = _requests is not { ForwardedClient: null } ? null : order is [{ Path.IsEverything: true, Match.Count: 0, IsGuarded: false, Rewrite: null, Cors: null, Transparent: false, Action: ProxyAction { Upstream.Balance.Policy: not Model.Upstreams.BalancePolicy.Cookie } or RespondAction } only] && !EmptyHeaderRules.MayBeEmptyInRequests(site, only) ? only : null;
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        var errors = new ErrorsBuilder(proxies, builder, headers, site, alone: order is [{ Path.IsEverything: true, Match.Count: 0 }]);
        List<RouteView> routes = [];
        foreach (Route route in order)
        {
            bool everything = route.Path.IsEverything && route.Match.Count == 0;
            string name = Name(route, names);
            string? mark = errors.Add(route, name);
            routes.Add(builder.Build(site, route, headers, everything ? "" : "@" + name, mark, !sameBody));
        }

        return new SiteView
        {
            Name = site.Hosts.Count == 0 ? "_" : site.Hosts[0].ToString(),
            Addresses = string.Join(", ", ports.SelectMany(port => site.Hosts.Select(host => Listeners.Address(host, port, site.Tls is not null)))),
            Bind = bind is null ? null : texts.Argument(bind, site.At.Of("listen")),
            Tls = site.Tls is { } tls ? Tls(texts, tls) : null,
            Log = site.Log is { } log && AccessLogs.Logs(site) ? new LogView(_logs.Output(log)) : null,
            SkipLog = _logs.Common is not null && !AccessLogs.Logs(site) ? _logs.SkipDirective : null,
            Refusals = _refusals,
            Requests = _shared ? null : _requests,
            ImportsRequests = _shared,
            Misdirected = site.Tls is null ? [] : _listeners.OthersThan(texts, site),
            KeepsTarget = OriginalUri.Are(site),
            HostNames = HostNames.AreMapped(site) ? HostNames.Rows(texts, site) : [],
            HasQuery = EmptyHeaderRules.MayBeEmpty(site) ? EmptyHeaderRules.QueryMatches : null,
            Headers = whole is null ? headers.Shared : [.. headers.SuccessOf(whole), .. headers.Shared],
            Encode = Compressions.IsWhole(site) ? _compressions.Of(site) : null,
            MaxBody = sameBody && order.Count > 0 && order[0].MaxBody > 0 ? order[0].MaxBody.ToString(CultureInfo.InvariantCulture) : null,
            Whole = whole is null ? null : routes[0],
            Routes = whole is null ? routes : [],
            LeavesRest = whole is null && RouteTable.LeavesRest(order),
            RestHeaders = headers.Rest,
            Errors = errors.View,
            Redirect = site is { Tls: not null, RedirectHttp: { } redirect }
                ? new RedirectToHttpsView(
                    string.Join(", ", site.Hosts.Select(host => Listeners.Address(host, redirect.Port, tls: false))),
                    bind,
                    HostNames.IsLiteral(site) ? site.Hosts[0].Name : HostNames.CanBeMapped(site) ? HostNames.Placeholder : "{host}",
                    HostNames.CanBeMapped(site) ? HostNames.Rows(texts, site) : [],
                    ports[0] == 443 ? "" : string.Create(CultureInfo.InvariantCulture, $":{ports[0]}"),
                    redirect.Status,
                    _refusals)
                : null,
        };
    }

    private static TlsView? Tls(CaddyQuoter texts, SiteTls tls)
    {
        var view = new TlsView
        {
            Source = tls.Source switch
            {
                CertificateSource.Internal => "internal",
                CertificateSource.Files => texts.Value(tls.Cert ?? "", tls.At.Of("cert")) + " " + texts.Value(tls.Key ?? "", tls.At.Of("key")),
                _ => "",
            },
            MinVersion = tls.MinVersion == TlsVersion.Tls13 ? "tls1.3" : null,
            Ciphers = tls.Ciphers.Count == 0 ? null : string.Join(' ', tls.Ciphers.Select(CipherSuites.GoName).OfType<string>()) is { Length: > 0 } suites ? suites : null,
            ClientCa = tls.ClientCa is { } ca ? texts.Argument(ca, tls.At.Of("client_ca")) : null,
            TrustPools = texts.Version >= TrustPoolsSince,
        };
        return view.Source.Length == 0 && !view.HasOptions ? null : view;
    }

    /// <summary>
    /// A word for the route's matcher, from the letters of its path. It has no hyphen, as every name in the templates does: a block can't
    /// use a name again that a block around it defines.
    /// </summary>
    private static string Name(Route route, Dictionary<string, int> taken)
    {
        string word = string.Concat(route.Path.Text.Select(static c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '_')).Trim('_');
        while (word.Contains("__", StringComparison.Ordinal))
        {
            word = word.Replace("__", "_", StringComparison.Ordinal);
        }

        word = route.Path.Kind == PathMatcherKind.Regex ? "regex" : word.Length is 0 or > 24 ? "route" : char.IsAsciiDigit(word[0]) || _values.Contains(word) ? "route_" + word : word;
        int count = taken[word] = taken.GetValueOrDefault(word) + 1;
        return count == 1 ? word : Unique(word, count, taken);
    }

    private static string Unique(string word, int count, Dictionary<string, int> taken)
    {
        string name = word + "_" + count.ToString(CultureInfo.InvariantCulture);
        while (!taken.TryAdd(name, 1))
        {
            name = word + "_" + (++count).ToString(CultureInfo.InvariantCulture);
        }

        return name;
    }
}

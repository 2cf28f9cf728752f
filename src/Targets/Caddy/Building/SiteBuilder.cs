using System.Globalization;
using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Model.Sites;
using Confgen.Model.Units;
using Confgen.Targets.Caddy.Views;
using Confgen.Targets.Raw;

namespace Confgen.Targets.Caddy.Building;

/// <summary>Builds what the templates see of a site.</summary>
/// <param name="general">Quotes for the files that sites are written to.</param>
/// <param name="inner">Quotes for the snippets that upstreams stand in.</param>
/// <param name="snippets">These snippets.</param>
/// <param name="listeners">All listeners.</param>
/// <param name="logs">The access logs.</param>
/// <param name="clients">How clients behind trusted proxies are known, or null.</param>
/// <param name="program">The program.</param>
internal sealed class SiteBuilder(
    CaddyQuoter general,
    CaddyQuoter inner,
    UpstreamSnippets snippets,
    Listeners listeners,
    AccessLogs logs,
    ClientsView? clients,
    ProgramView program
)
{
    // What a Caddyfile reads as a boolean or a number: as a mark of a route it would not be text.
    private static readonly HashSet<string> _values = new(StringComparer.Ordinal) { "t", "f", "true", "false", "inf", "infinity", "nan" };

    /// <summary>A block for each interface that the site listens on: nearly always one.</summary>
    public IEnumerable<SiteView> Build(Site site)
    {
        bool first = true;
        foreach (IGrouping<string?, ListenAddress> group in site.Listen.GroupBy(Listeners.InterfaceOf))
        {
            // Caddy puts a site after another whose longest host is longer: a name with a star at its end has to wait for all names that
            // it takes, too, so that it stands in a block of its own.
            foreach (HostPattern[] hosts in Groups(site))
            {
                foreach (int[] ports in Ports(site, group))
                {
                    SiteView view = Build(site, hosts, group.Key, [.. ports]);
                    yield return first ? view : view with { Redirects = [] };
                    first = false;
                }
            }
        }
    }

    // Before 2.8 Caddy has no placeholder for the port that a request came to: a block for each port writes it out.
    private static IEnumerable<int[]> Ports(Site site, IEnumerable<ListenAddress> group)
    {
        int[] ports = [.. group.Select(listen => Listeners.PortOf(site, listen))];
        return HostNames.Uses(site, Model.Templates.Placeholder.Port) ? ports.Select(static port => new[] { port }) : [ports];
    }

    private static IEnumerable<HostPattern[]> Groups(Site site)
    {
        HostPattern[] others = [.. site.Hosts.Where(static host => host.Kind != HostPatternKind.Trailing)];
        return site
            .Hosts.Where(static host => host.Kind == HostPatternKind.Trailing)
            .Select(static host => new[] { host })
            .Prepend(others)
            .Where(hosts => hosts.Length > 0 || site.Hosts.Count == 0);
    }

    private SiteView Build(Site site, HostPattern[] hosts, string? bind, List<int> ports)
    {
        bool onSocket = bind?.StartsWith(Listeners.SocketPrefix, StringComparison.Ordinal) == true;
        int? port = onSocket ? null : ports[0];
        CaddyQuoter texts = general.Of(site, port);
        var proxies = new ProxyBuilder(texts, inner.Of(site, port), snippets, onSocket);
        var builder = new RouteBuilder(texts, proxies, program.Imports);
        var headers = new ResponseHeaders(texts, site);
        List<Route> order = [.. RouteTable.InOrder(site.Routes)];
        long maxBody = order.Count == 0 || order.Exists(static route => route.MaxBody == 0) ? 0 : order.Max(static route => route.MaxBody);
        Route? whole = WholeOf(site, order);
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        var errors = new ErrorsBuilder(
            texts,
            proxies,
            builder,
            headers,
            site,
            alone: order is [{ Path.IsEverything: true, Match.Count: 0 }]
        );
        List<RouteView> routes = [];
        foreach (Route route in order)
        {
            string name = Name(route, names);
            string? mark = errors.Add(route, name);
            routes.Add(builder.Build(site, route, headers, name, mark, maxBody));
        }

        return new SiteView
        {
            Name = site.Hosts.Count == 0 ? "_" : site.Hosts[0].ToString(),
            Addresses = string.Join(
                ", ",
                ports.SelectMany(port => hosts.SelectMany(host => Listeners.Addresses(host, port, site.Tls is not null)))
            ),
            Bind = bind is null ? null : texts.Argument(bind, site.At.Of(SiteFields.Listen)),
            Tls = site.Tls is { } tls ? Tls(texts, tls, hosts.Any(static host => host.Kind == HostPatternKind.Trailing)) : null,
            Log = site.Log is { } log && AccessLogs.Logs(site) ? logs.View(log) : null,
            SkipLog = logs.Common is not null && !AccessLogs.Logs(site),
            Clients = clients,
            ClientNetworks = [.. ClientNetworks.Of(texts, site)],
            HasSockets = onSocket,
            NormalizesPath =
                HostNames.Uses(site, Model.Templates.Placeholder.Path) || HostNames.Uses(site, Model.Templates.Placeholder.Group),
            Misdirected = site.Tls is null ? null : listeners.OthersThan(texts, site),
            SentFields = [.. SentFields.Of(site), .. RequestValues.Fields(texts, site)],
            Lookups = [.. RequestValues.Lookups(texts, site)],
            OtherReadings = OtherReadings.Of(texts, site),
            KeepsTarget = OriginalUri.Are(site),
            HostNames = HostNames.AreMapped(site) ? HostNames.Rows(texts, site) : [],
            Presences = [.. EmptyHeaderRules.Presences(site)],
            Headers = headers.Shared.Blocks,
            Lasting = headers.Shared.Lasting,
            Encode = Compressions.IsWhole(site) ? Compressions.Of(site) : null,
            MaxBody = maxBody > 0 ? maxBody.ToString(CultureInfo.InvariantCulture) : null,
            Whole = whole is null ? null : routes[0],
            Routes = whole is null ? routes : [],
            LeavesRest = whole is null && RouteTable.LeavesRest(order),
            RestHeaders = headers.Rest.Blocks,
            RestLasting = headers.Rest.Lasting,
            Raw = RawOutput.TextOf(site.Raw.Of("caddy")),
            Errors = errors.View,
            Redirects = site is { Tls: not null, RedirectHttp: { } redirect } ? [.. Redirects(site, redirect, bind, ports[0])] : [],
            Program = program,
        };
    }

    /// <summary>The only route of a site where it takes every request and its directives may stand in any order; else null.</summary>
    private Route? WholeOf(Site site, List<Route> order) =>
        clients is not { ForwardedClient: not null }
        && order
            is [
                {
                    Path.IsEverything: true,
                    Match.Count: 0,
                    IsGuarded: false,
                    Rewrite: null,
                    Cors: null,
                    Transparent: false,
                    Action: ProxyAction
                        {
                            FilesFirst: null,
                            FastCgi: null,
                            Upstream.Balance.Policy: not Model.Upstreams.BalancePolicy.Cookie
                        }
                        or RespondAction
                } only,
            ]
        && !EmptyHeaderRules.MayBeEmptyInRequests(site, only)
        && only.Raw.Of("caddy").Count == 0
        && !ResponseHeaders.HasSuccessRules(site, only)
            ? only
            : null;

    private static IEnumerable<RedirectToHttpsView> Redirects(Site site, HttpsRedirect redirect, string? bind, int port) =>
        from host in site.Hosts
        from address in Listeners.Addresses(host, redirect.Port, tls: false)
        select new RedirectToHttpsView(
            address,
            bind,
            "https://"
                + (host.Kind == HostPatternKind.Exact ? host.Name : "{host}")
                + (port == 443 ? "" : string.Create(CultureInfo.InvariantCulture, $":{port}")),
            redirect.Status
        );

    private static TlsView? Tls(CaddyQuoter texts, SiteTls tls, bool namesIssuer)
    {
        var view = new TlsView
        {
            Source = tls.Source switch
            {
                CertificateSource.Internal => "internal",
                CertificateSource.Files => texts.Value(tls.Cert ?? "", tls.At.Of(TlsFields.Cert))
                    + " "
                    + texts.Value(tls.Key ?? "", tls.At.Of(TlsFields.Key)),
                _ => "",
            },
            NamesIssuer = namesIssuer,
            MinVersion = tls.MinVersion == TlsVersion.Tls13 ? "tls1.3" : null,
            Ciphers =
                tls.Ciphers.Count == 0 ? null
                : string.Join(' ', tls.Ciphers.Select(CipherSuites.GoName).OfType<string>()) is { Length: > 0 } suites ? suites
                : null,
            ClientCa = tls.ClientCa is { } ca ? texts.Argument(ca, tls.At.Of(TlsFields.ClientCa)) : null,
        };
        return view.Source.Length == 0 && !view.HasOptions ? null : view;
    }

    /// <summary>
    /// A word for the route's matcher, from the letters of its path. It has no hyphen, as every name in the templates does: a block can't
    /// use a name again that a block around it defines.
    /// </summary>
    private static string Name(Route route, Dictionary<string, int> taken)
    {
        string word = string.Concat(route.Path.Text.Select(static c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '_'))
            .Trim('_');
        while (word.Contains("__", StringComparison.Ordinal))
        {
            word = word.Replace("__", "_", StringComparison.Ordinal);
        }

        word =
            route.Path.Kind == PathMatcherKind.Regex ? "regex"
            : word.Length is 0 or > 24 ? "route"
            : char.IsAsciiDigit(word[0]) || _values.Contains(word) ? "route_" + word
            : word;
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

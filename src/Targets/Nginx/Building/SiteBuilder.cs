using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Model.Units;
using Confgen.Targets.Nginx.Syntax;
using Confgen.Targets.Nginx.Views;
using Confgen.Targets.Raw;

namespace Confgen.Targets.Nginx.Building;

/// <summary>Makes the server of a site.</summary>
internal sealed class SiteBuilder(NginxBuild build, Listeners listeners, CommonView common)
{
    public ServerView Build(Site site)
    {
        string name = build.SiteNames.Of(site);
        var fields = new RouteHeaders(build);
        ResponseHeaders headers = fields.Of(site);
        var scope = new ServerScope(name, headers);
        var plan = new RoutePlan(build, site, scope);
        var routes = site.Routes.ToDictionary(
            route => route,
            route => fields.Of(route, headers),
            (IEqualityComparer<Route>)ReferenceEqualityComparer.Instance
        );
        List<LocationView> locations = Locations(plan, routes, new LocationBuilder(build, site, scope, common));
        string head = NginxUnits.Size(site.Limits.Head);
        return new ServerView
        {
            Listens = listeners.Of(site),
            Names = Names(site),
            Http2 = site.Http2 && build.Features.Http2Directive && site.Tls is not null,
            Tls = site.Tls is { } tls ? Tls(tls) : null,
            Common = build.IsInclude ? common with { Head = head } : null,
            Head = build.IsInclude || head == common.Head ? null : head,
            AccessLog = Logs.Of(build, site.Log),
            LoggedSite = Logs.NameOf(build, site),
            HasTypes = build.IsInclude && site.Routes.Any(route => route.Files is not null),
            FromProxy = build.FromProxy,
            Raw = RawOutput.TextOf(site.Raw.Of("nginx")),
            Compression = Compression.Of(build, site),

            // Distributions turn it on for all.
            Uncompressed = build.IsInclude && !site.Compress.Contains(ContentCoding.Gzip) ? new CompressionView(true, false, false) : null,
            ResponseHeaders = SiteHeaders.Of(build, new RouteValues(build, site, plan), headers, routes),
            HiddenHeaders = headers.Hidden,
            ServerHeader = headers.ServerHeader,
            Refusals =
            [
                .. listeners.SiteBySni(site) is { } variable
                    ? [new RefusalView("misdirected", "$" + variable, name)]
                    : Array.Empty<RefusalView>(),
                .. OtherReadings.Of(build, site, plan) is { } otherReading ? [otherReading] : Array.Empty<RefusalView>(),
            ],
            Locations = [.. locations, .. scope.Locations],
        };
    }

    /// <summary>TLS towards clients.</summary>
    public ServerTlsView Tls(SiteTls tls)
    {
        string protocols = Protocols(tls);
        return new ServerTlsView
        {
            Certificate = build.Text(tls.Cert ?? "", tls.At.Of(TlsFields.Cert)),
            Key = build.Text(tls.Key ?? "", tls.At.Of(TlsFields.Key)),
            Protocols = protocols == common.Protocols && !build.IsInclude ? null : protocols,
            KeepsSessions = build.IsInclude && common.KeepsSessions,
            Ciphers = tls.Ciphers.Count == 0 ? null : build.Argument(string.Join(':', tls.Ciphers), tls.At.Of(TlsFields.Ciphers)),
            ClientCa = tls.ClientCa is { } ca ? build.Argument(ca, tls.At.Of(TlsFields.ClientCa)) : null,
        };
    }

    /// <summary>The arguments of <c>ssl_protocols</c>.</summary>
    public static string Protocols(SiteTls tls) => tls.MinVersion == TlsVersion.Tls13 ? "TLSv1.3" : "TLSv1.2 TLSv1.3";

    /// <summary>
    /// The arguments of <c>server_name</c>. A star in front stands for one label, which nginx's own star does not.
    /// </summary>
    public string Names(Site site) => string.Join(' ', site.Hosts.Select(host => build.Use(NameOf(host), site.At.Of(SiteFields.Host))));

    private NginxQuoted NameOf(HostPattern host) =>
        host.Kind switch
        {
            HostPatternKind.Exact => NginxQuoting.Argument(host.Name),
            HostPatternKind.Wildcard => NginxQuoting.RegexKey(WildcardRegex(host)),
            HostPatternKind.Trailing => TrailingName(host),
            _ => NginxQuoting.Argument("_"),
        };

    // nginx looks for a star at the end before it tries regexes. Where one of those has a name as well, the star is a regex, too, that
    // leaves out what others name more closely: of regexes the first one counts.
    private NginxQuoted TrailingName(HostPattern host)
    {
        HostPattern[] all = [.. build.Spec.Sites.SelectMany(site => site.Hosts).Distinct()];
        string[] shared =
        [
            .. all.Where(other => other.Kind == HostPatternKind.Wildcard).Select(other => HostPattern.Both(other, host)).OfType<string>(),
        ];
        if (shared.Length == 0)
        {
            return NginxQuoting.Argument(host.ToString());
        }

        IEnumerable<string> closer = all.Where(other =>
                other.Kind == HostPatternKind.Trailing && other.Name.StartsWith(host.Name + ".", StringComparison.Ordinal)
            )
            .Select(other => NginxQuoting.EscapeRegex(other.Name) + @"\.");
        string others = string.Join('|', shared.Select(name => NginxQuoting.EscapeRegex(name) + "$").Concat(closer));
        return NginxQuoting.RegexKey($"^(?!{others}){TrailingRegex(host)[1..]}");
    }

    /// <summary>A regex for the names of a star at the end.</summary>
    public static string TrailingRegex(HostPattern host) => "^" + NginxQuoting.EscapeRegex(host.Name) + @"\..+$";

    /// <summary>A regex for the names of a wildcard.</summary>
    public static string WildcardRegex(HostPattern host) => @"^[^.]+\." + NginxQuoting.EscapeRegex(host.Name) + "$";

    private List<LocationView> Locations(RoutePlan plan, Dictionary<Route, ResponseHeaders> headers, LocationBuilder builder)
    {
        var locations = new List<LocationView>();
        var named = new List<LocationView>();
        foreach (IReadOnlyList<Route> group in plan.Groups)
        {
            string matcher = PathRegex.Location(build, group[0].Path);
            if (plan.DispatchOf(group) is { } variable)
            {
                locations.Add(new LocationView { Matcher = matcher, Dispatch = "@$" + variable });
            }
            else if (plan.IsJumped(group[0]))
            {
                locations.Add(new LocationView { Matcher = matcher, Dispatch = "@" + plan.NameOf(group[0]) });
            }
            else
            {
                locations.AddRange(builder.Build(group[0], headers[group[0]], matcher, plan.NameOf(group[0])));
            }
        }

        foreach (Route route in plan.Groups.SelectMany(group => group).Where(plan.IsJumped))
        {
            named.AddRange(builder.Build(route, headers[route], "@" + plan.NameOf(route), plan.NameOf(route)));
        }

        if (!plan.Groups.Any(group => group[0].Path.IsEverything))
        {
            locations.Add(new LocationView { Matcher = "/", Return = new ReturnView(404) });
        }

        if (plan.NeedsNotFound)
        {
            named.Add(new LocationView { Matcher = "@" + ServerScope.NotFound, Return = new ReturnView(404) });
        }

        return [.. locations, .. named];
    }
}

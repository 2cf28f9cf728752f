using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Model.Sites;
using Confgen.Model.Units;
using Confgen.Targets.Apache.Syntax;
using Confgen.Targets.Apache.Views;

namespace Confgen.Targets.Apache.Building;

/// <summary>Makes a virtual host of a site.</summary>
internal sealed class SiteBuilder(ApacheTexts texts, RouteBuilder routes, ApacheFeatures features, MisdirectedRequests misdirected)
{
    private readonly RouteConditions _conditions = new(texts);

    /// <summary>The virtual host of a site.</summary>
    public VirtualHostView Of(Site site)
    {
        texts.StartSite();
        List<Route> order = [.. RouteTable.InOrder(site.Routes)];
        if (RouteTable.LeavesRest(site.Routes))
        {
            order.Add(RouteTable.NoRoute);
        }

        List<(Route Route, RouteLines Lines)> built = [.. order.Select(route => (route, routes.Of(site, route)))];
        // What all routes say stands in the site once.
        bool guards = Alike(built.Select(static each => each.Lines.Guards));
        bool request = Alike(built.Select(static each => each.Lines.Request).OfType<IReadOnlyList<string>>());
        bool response = Alike(built.Select(static each => each.Lines.Response));
        // A server's rules respond with the site's fields alone.
        bool limit =
            response
            && Alike(built.Where(static each => !ReferenceEquals(each.Route, RouteTable.NoRoute)).Select(static each => each.Lines.Limit));
        RouteLines first = built[0].Lines;
        string[] common =
        [
            .. limit ? first.Limit : [],
            .. guards && first.Guards.Count > 0
                ? ["<Location />", .. first.Guards.Select(static line => "    " + line), "</Location>"]
                : (string[])[],
            .. request ? built.Select(static each => each.Lines.Request).FirstOrDefault(static lines => lines is not null) ?? [] : [],
            .. response ? first.Response : [],
        ];
        List<RouteView> views = [];
        foreach ((Route route, RouteLines lines) in built)
        {
            string? condition = ReferenceEquals(route, RouteTable.NoRoute) ? null : _conditions.Of(route);
            views.Add(
                new RouteView(
                    Section(views.Count, condition, built.Count),
                    condition is null ? (built.Count == 1 ? ApacheQuoting.Quote("true") : "") : texts.Quote(condition, route.At.Span),
                    About(route),
                    [
                        .. limit ? [] : lines.Limit,
                        .. guards ? [] : lines.Guards,
                        .. request ? [] : lines.Request ?? [],
                        .. response ? [] : lines.Response,
                        .. lines.Action,
                    ]
                )
            );
        }

        // A server's rules go before guards: only what forwards may stand there.
        bool bare = built.Count == 1 && order[0].Action is ProxyAction;
        return new VirtualHostView
        {
            About = string.Join(", ", site.Hosts),
            Addresses = [.. site.Listen.Select(Address)],
            Name = Name(site.Hosts[0]),
            Aliases = [.. site.Hosts.Where((host, i) => i > 0 || host.Kind != HostPatternKind.Exact).Select(Alias).OfType<string>()],
            Settings = [.. TlsLines.Of(texts, features, site), .. SiteWideLines.Of(texts, site)],
            Rules = [.. OneLabel(site), .. misdirected.Of(site), .. OtherReadings.Of(site)],
            Variables =
            [
                .. texts.Variables.SelectMany(static each =>
                    (string[])
                        [
                            $"RewriteCond {ApacheQuoting.Raw(each.Value.Of)} {each.Value.Regex}{WithoutVary(each.Value.Of)}",
                            $"RewriteRule ^ - [E={each.Key}:%1]",
                        ]
                ),
            ],
            Common = bare ? [.. common, .. views[0].Lines] : common,
            Routes = bare ? [] : views,
        };
    }

    /// <summary>An address of a listener as VirtualHost has it.</summary>
    public static string Address(ListenAddress listen) =>
        listen.Address is null ? string.Create(null, $"*:{listen.Port}") : listen.ToString();

    /// <summary>What a virtual host is called.</summary>
    public static string Name(HostPattern host) =>
        host.Kind switch
        {
            HostPatternKind.Any => "_",
            HostPatternKind.Wildcard => "any." + host.Name,
            HostPatternKind.Trailing => host.Name + ".any",
            _ => host.Name,
        };

    /// <summary>A further name; null for every other host, which needs none.</summary>
    public static string? Alias(HostPattern host) => host.Kind == HostPatternKind.Any ? null : host.ToString();

    // A star in a name stands for several labels, too.
    private static IEnumerable<string> OneLabel(Site site)
    {
        if (
            !site.Hosts.Any(static host => host.Kind == HostPatternKind.Any)
            && site.Hosts.Any(static host => host.Kind == HostPatternKind.Wildcard)
        )
        {
            yield return $"RewriteCond \"%{{SERVER_NAME}}\" {ApacheQuoting.Raw("!" + HostRegex.Of(site.Hosts))}";
            yield return "RewriteRule ^ - [R=404,L]";
        }
    }

    private static bool Alike(IEnumerable<IReadOnlyList<string>> lists)
    {
        IReadOnlyList<string>[] all = [.. lists];
        return all.Skip(1).All(each => each.SequenceEqual(all[0], StringComparer.Ordinal));
    }

    private static string Section(int before, string? condition, int count) =>
        (before, condition, count) switch
        {
            (_, _, 1) => "If",
            (0, not null, _) => "If",
            (_, null, _) => "Else",
            _ => "ElseIf",
        };

    private static string About(Route route) =>
        ReferenceEquals(route, RouteTable.NoRoute)
            ? "no route"
            : new string([.. route.Path.ToString().Select(static c => char.IsControl(c) ? ' ' : c)]).TrimEnd('\\');

    // Otherwise httpd names the field in Vary.
    private static string WithoutVary(string tested) => tested.StartsWith("%{HTTP:", StringComparison.Ordinal) ? " [NV]" : "";
}

using System.Collections.Immutable;
using Confgen.Model.Units;
using Confgen.Targets.Caddy.Reading.Actions;
using Confgen.Targets.Caddy.Reading.Matching;
using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Caddy.Reading;

/// <summary>
/// Reads a site of the Caddyfile into sites of the spec: one for each port and scheme of its addresses, and one for each host that its
/// matchers tell apart.
/// </summary>
internal sealed class SiteReader(ReadingState reading, SourceLine line)
{
    private readonly List<SiteAddress> _addresses = [];

    /// <summary>Reads the addresses.</summary>
    public IReadOnlyList<SiteAddress> Addresses
    {
        get
        {
            if (_addresses.Count == 0)
            {
                foreach (SourceWord word in line.Words)
                {
                    if (SiteAddress.Read(word.Text, reading.Options, out string? problem) is { } address)
                    {
                        _addresses.Add(address);
                    }
                    else
                    {
                        line.Entry.Lose(problem ?? "");
                    }
                }
            }

            return _addresses;
        }
    }

    /// <summary>The sites.</summary>
    /// <param name="plain">The hosts with a site of their own for plain requests.</param>
    /// <param name="usual">The hosts that clients reach over TLS without a port.</param>
    public IEnumerable<OutputMap> Read(IReadOnlySet<string> plain, IReadOnlySet<string> usual)
    {
        foreach (
            IGrouping<(bool, string, string, bool), SiteAddress> group in Addresses.GroupBy(a =>
                (a.HasTls, a.Port, a.Path, a.IsManaged && a.IsLocal)
            )
        )
        {
            SiteAddress first = group.First();
            string[] hosts = group.Any(a => a.Host == "_") ? ["_"] : [.. group.Select(a => a.Host).Distinct(StringComparer.Ordinal)];
            foreach (IReadOnlyList<string> hostClass in Classes(hosts))
            {
                yield return Site(first, hostClass, plain, usual);
            }
        }

        if (Addresses.Count == 0)
        {
            line.LoseAll("a spec can't have its addresses");
        }
    }

    // Hosts that matchers name are told apart from the others.
    private List<IReadOnlyList<string>> Classes(string[] hosts)
    {
        var rest = new List<string>(hosts);
        if (line.All.Any(l => l.Words.Any(w => w.Text.Contains("{labels.", StringComparison.Ordinal))))
        {
            return [.. hosts.Select(h => (IReadOnlyList<string>)[h])];
        }

        var classes = new List<IReadOnlyList<string>>();
        foreach (string host in line.Block.SelectMany(l => l.All).SelectMany(Mentioned).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            bool isCovered = hosts.Any(h =>
                string.Equals(h, host, StringComparison.OrdinalIgnoreCase)
                || h == "_"
                || (HostPattern.TryParse(h, out HostPattern? pattern, out _) && pattern.Matches(host.ToLowerInvariant()))
            );
            if (isCovered && HostPattern.TryParse(host, out _, out _))
            {
                classes.Add([host]);
                rest.RemoveAll(h => string.Equals(h, host, StringComparison.OrdinalIgnoreCase));
            }
        }

        return rest.Count > 0 ? [.. classes, rest] : classes;
    }

    private static IEnumerable<string> Mentioned(SourceLine matcher)
    {
        string[] words = [.. matcher.Words.Select(w => w.Text)];
        int at = Array.IndexOf(words, "host");
        bool isMatcher = at == 0 || (at > 0 && (words[0].StartsWith('@') || words[0] == "not"));
        return isMatcher ? words.Skip(at + 1) : [];
    }

    private OutputMap Site(SiteAddress address, IReadOnlyList<string> hosts, IReadOnlySet<string> plain, IReadOnlySet<string> usual)
    {
        var site = new OutputMap();
        site.Set("host", OutputList.OfTexts(hosts));
        Listen(address, site);
        if (address.HasTls)
        {
            TlsReader.Read(Lines("tls"), address, site, reading.Spec);
            bool isOther = address.Port != reading.Options.HttpsPort && hosts.Any(usual.Contains);
            Redirect(address, isOther || hosts.Any(plain.Contains), site);
        }
        else
        {
            foreach (SourceLine tls in Lines("tls"))
            {
                tls.TuneAll("the site has no TLS");
            }
        }

        reading.Options.WriteTo(site, address.HasTls);
        foreach (SourceLine log in Lines("log"))
        {
            LogReader.Read(log, site);
        }

        ErrorsReader.Read(reading, [.. Lines("handle_errors")], line.Block.Find(l => l is { Name: "root" }), site);
        bool isOpen = Routes(address, hosts, site);
        line.Entry.Say(site, isOpen ? "what no directive responds to is an empty 200 of Caddy, and 404 here" : null);
        return site;
    }

    private List<SourceLine> Lines(string name) => [.. line.Block.Where(l => l.Name == name)];

    private bool Routes(SiteAddress address, IReadOnlyList<string> hosts, OutputMap site)
    {
        var context = new SiteContext(hosts, address.HasTls, address.Port);
        var builder = new StepBuilder(reading, context);
        List<Step> steps = builder.Build(
            [.. line.Block.Where(l => l.Name is not ("tls" or "bind" or "log" or "handle_errors"))],
            new Dictionary<string, SourceLine>(),
            isSorted: true
        );
        World start =
            address.Path.Length == 0
                ? new World()
                : new World { Facts = ImmutableList.Create<Atom>(new Atom.Path(PathTest.Of(address.Path))) };
        var walk = new Walk(context);
        List<RouteDraft> drafts = walk.Run(steps, start);
        foreach (RouteDraft draft in drafts)
        {
            Compression(draft.Route, site);
            Errors(draft.Route, site);
        }

        OutputList routes = RouteTable.Write(drafts, out bool isOpen);
        builder.Settle();
        walk.Overflow?.Entry.Lose("the matchers tell too many kinds of requests apart");
        site.Set("routes", routes);
        return isOpen;
    }

    private static void Compression(OutputMap route, OutputMap site)
    {
        if (route.Take("compress") is { } compress)
        {
            if (site["compress"] is { } there)
            {
                compress.ReplaceBy(there);
            }
            else
            {
                site.Set("compress", compress);
            }
        }
    }

    // A route's own pages take the place of all of the site's.
    private static void Errors(OutputMap route, OutputMap site)
    {
        if (route["errors"] is OutputMap own && site["errors"] is OutputMap common)
        {
            foreach ((string status, OutputNode page) in common.Entries.Where(e => own[e.Key] is null))
            {
                own.Set(status, Copies.Of(page));
            }
        }
    }

    private void Listen(SiteAddress address, OutputMap site)
    {
        List<SourceLine> binds = Lines("bind");
        if (binds.Count == 0 && reading.Options.DefaultBind is { } common)
        {
            binds.Add(common);
        }

        string port = address.Port;
        string[] interfaces = [.. binds.SelectMany(b => b.Arguments)];
        string[] listeners =
        [
            .. interfaces.Select(i =>
                i.StartsWith("unix/", StringComparison.Ordinal) ? "unix:" + i["unix/".Length..].Split('|')[0]
                : i is "0.0.0.0" or "[::]" or "::" or "" ? port
                : i.Contains(':', StringComparison.Ordinal) && !i.StartsWith('[') ? $"[{i}]:{port}"
                : i == "localhost" ? $"127.0.0.1:{port}"
                : $"{i}:{port}"
            ),
        ];
        if (listeners.Length == 0)
        {
            listeners = [port];
        }

        bool isUsual = listeners is [var only] && only == (address.HasTls ? "443" : "80");
        OutputNode place = isUsual
            ? site["host"]!
            : site.Set<OutputNode>(
                "listen",
                listeners.Length == 1
                    ? new OutputText(listeners[0], isWord: listeners[0].All(char.IsAsciiDigit))
                    : new OutputList(listeners.Select(l => new OutputText(l, isWord: l.All(char.IsAsciiDigit))))
            );
        foreach (SourceLine bind in binds)
        {
            bind.Entry.Say(place);
            foreach (SourceLine inner in bind.Block)
            {
                inner.Entry.Tune("which versions of HTTP are offered");
            }
        }
    }

    // Plain requests are sent to the site, unless another one takes them.
    private void Redirect(SiteAddress address, bool isTaken, OutputMap site)
    {
        if (!address.IsManaged || reading.Options.AutoHttps is "disable_redirects" || isTaken)
        {
            site.Word("redirect_http", "false");
        }
        else if (reading.Options.HttpPort != "80")
        {
            site.Map("redirect_http").Word("port", reading.Options.HttpPort);
        }
    }
}

using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Nginx.Reading;

/// <summary>Reads a server into its sites: one for its listeners with TLS, and one for those without.</summary>
internal sealed class ServerReader
{
    private readonly ReadingState _reading;
    private readonly SourceDirective _server;
    private readonly Scope _scope;
    private readonly string _prefix;
    private readonly Listeners _listeners;
    private readonly List<(SourceDirective Directive, string Reason)> _problems = [];
    private readonly bool _isGuessed;

    public ServerReader(ReadingState reading, SourceDirective server, Scope http, string prefix)
    {
        _reading = reading;
        _server = server;
        _scope = new Scope(http, server, server.Children);
        _prefix = prefix;
        _listeners = Listeners.Read(server);
        Hosts = HostsReader.Read(server, _listeners, _problems);
        if (Hosts.Count == 0)
        {
            _isGuessed = true;
            Hosts.Add(HostsReader.Guess(server));
        }

        Redirect = _listeners.Tls.Count > 0 ? null : HttpsRedirect.Read(server, Hosts, Listeners.PortOf(_listeners.Plain));
    }

    public List<string> Hosts { get; }

    /// <summary>What the server says where it sends everything to https; else null.</summary>
    public HttpsRedirect? Redirect { get; }

    /// <summary>The hosts that clients reach over TLS.</summary>
    public IReadOnlyList<string> TlsHosts => _listeners.Tls.Count > 0 ? Hosts : [];

    /// <summary>Settles a server whose redirect the sites of its hosts say.</summary>
    public void SettleRedirect()
    {
        foreach (SourceDirective directive in _server.Children.Where(d => d.Name is "listen" or "server_name"))
        {
            directive.Entry.Imply("the hosts' own site listens for plain requests too");
        }

        foreach (SourceDirective directive in _server.Children.Where(d => d.Name == "root"))
        {
            directive.Entry.Tune("every request is redirected");
        }
    }

    /// <summary>The sites.</summary>
    /// <param name="redirects">The servers that send plain requests to https.</param>
    public IEnumerable<OutputMap> Read(IReadOnlyList<HttpsRedirect> redirects)
    {
        SourceDirective? force = _server.Children.Find(d =>
            d is { Name: "if", Children: [var only] } && HttpsRedirect.StatusOf(only) is not null && IsPlainTest(d)
        );
        if (_listeners.Tls.Count > 0)
        {
            foreach (OutputMap site in Sites(_listeners.Tls, hasTls: true))
            {
                Redirects(site, redirects, force);
                yield return site;
            }
        }

        if (_listeners.Plain.Count > 0 && !(force is not null && _listeners.Tls.Count > 0))
        {
            foreach (OutputMap site in Sites(_listeners.Plain, hasTls: false))
            {
                yield return site;
            }
        }

        foreach ((SourceDirective directive, string reason) in _problems)
        {
            directive.Entry.Lose(reason);
        }
    }

    private static bool IsPlainTest(SourceDirective condition) =>
        string.Join(' ', condition.Arguments).Trim('(', ')', ' ')
            is "$scheme = http"
                or "$scheme != https"
                or "$scheme != \"https\""
                or "$scheme = \"http\""
                or "$https = \"\""
                or "$https != on"
                or "$server_port = 80"
                or "$https = ";

    private void Redirects(OutputMap site, IReadOnlyList<HttpsRedirect> redirects, SourceDirective? force)
    {
        if (force is not null && _listeners.Plain.Count > 0 && Listeners.PortOf(_listeners.Plain) is { } port)
        {
            new HttpsRedirect(Hosts, port, HttpsRedirect.StatusOf(force.Children[0])!, [force, force.Children[0]]).WriteTo(site);
            foreach (SourceDirective listen in _listeners.Directives)
            {
                listen.Entry.Say(site["redirect_http"]!);
            }
        }
        else if (redirects.FirstOrDefault(r => Hosts.All(h => r.Hosts.Contains(h)) || r.Hosts.Contains("_")) is { } redirect)
        {
            redirect.WriteTo(site);
        }
        else
        {
            site.Word("redirect_http", "false");
        }

        site.Sort(["host", "listen", "tls", "redirect_http"]);
    }

    private IEnumerable<OutputMap> Sites(IReadOnlyList<string> listeners, bool hasTls)
    {
        // `if ($host = www.example.com) { return 301 ...; }` is a site of its own.
        var own = new List<string>(Hosts);
        foreach (SourceDirective directive in _server.Children.Where(d => d.Name == "if"))
        {
            if (HostTest(directive, own) is not { Count: > 0 } hosts || directive.Children is not [{ Name: "return" } response])
            {
                continue;
            }

            OutputMap moved = Head(listeners, hosts, hasTls);
            var context = new SiteContext(hosts, hasTls, Listeners.PortOf(listeners));
            if (ReturnReader.Read(_reading, response, new Scope(_scope, directive, directive.Children), context, moved))
            {
                directive.Entry.Say(moved);
                _server.Entry.Say(moved);
                own.RemoveAll(hosts.Contains);
                yield return moved;
            }
        }

        if (own.Count > 0)
        {
            yield return Site(listeners, own, hasTls);
            yield break;
        }

        foreach (SourceDirective directive in _server.All)
        {
            if (!directive.Entry.IsSettled)
            {
                directive.Entry.Tune("a condition on the host responds to every request before");
            }
        }
    }

    private static List<string>? HostTest(SourceDirective directive, List<string> hosts)
    {
        string[] words = string.Join(' ', directive.Arguments).Trim('(', ')', ' ').Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            ["$host", "=", var host] when hosts.Contains(host) => [host],
            ["$host", "!=", var host] when hosts.Contains(host) => [.. hosts.Where(h => h != host)],
            ["$host", "~" or "~*", "^www\\." or "^www\\.(.*)" or "^www\\.(.+)"] =>
            [
                .. hosts.Where(h => h.StartsWith("www.", StringComparison.Ordinal)),
            ],
            _ => null,
        };
    }

    private OutputMap Head(IReadOnlyList<string> listeners, IReadOnlyList<string> hosts, bool hasTls)
    {
        var site = new OutputMap();
        OutputNode host = site.Set("host", OutputList.OfTexts(hosts));
        if (_isGuessed)
        {
            host.Comments.Add("Guessed: the source's names can't be said.");
        }

        foreach (SourceDirective directive in _server.Children.Where(d => d.Name == "server_name"))
        {
            directive.Entry.Say(
                host,
                directive.Arguments.Any(a => a.StartsWith("*.", StringComparison.Ordinal)) ? "a star is one label" : null
            );
        }

        bool isUsual = listeners is [var only] && only == (hasTls ? "443" : "80");
        OutputText[] listens = [.. listeners.Select(l => new OutputText(l, isWord: l.All(char.IsAsciiDigit)))];
        OutputNode listen =
            isUsual ? host
            : listens.Length == 1 ? site.Set("listen", listens[0])
            : site.Set("listen", new OutputList(listens));
        foreach (SourceDirective directive in _listeners.Directives)
        {
            if (isUsual)
            {
                directive.Entry.Imply($"a site {(hasTls ? "with TLS listens on 443" : "listens on 80")}, on IPv4 and IPv6");
            }
            else
            {
                directive.Entry.Say(listen);
            }
        }

        if (hasTls)
        {
            TlsReader.Read(_scope, site, _prefix);
        }

        if (hasTls && (_listeners.HasHttp3 || _scope.Find("http3") is { First: "on" }) && _listeners.HasHttp3)
        {
            OutputText http3 = site.Word("http3", "true");
            _scope.Find("http3")?.Entry.Say(http3);
        }

        SiteWideReader.Read(_scope, site);
        return site;
    }

    private OutputMap Site(IReadOnlyList<string> listeners, List<string> hosts, bool hasTls)
    {
        OutputMap site = Head(listeners, hosts, hasTls);
        var context = new SiteContext(hosts, hasTls, Listeners.PortOf(listeners));
        SourceDirective[] conditions =
        [
            .. _server.Children.Where(d => d.Name == "if" && HostTest(d, hosts) is null && !(IsPlainTest(d) && d.Entry.IsSettled)),
        ];
        site.Set("routes", RoutesReader.Read(_reading, _scope, context, conditions));
        _server.Entry.Say(site);
        return site;
    }
}

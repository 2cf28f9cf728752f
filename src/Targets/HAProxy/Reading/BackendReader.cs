using Confgen.Targets.Importing;
using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.HAProxy.Reading;

/// <summary>Reads a backend: its servers as an upstream, and what it says of requests.</summary>
internal sealed class BackendReader(SourceSection section, UpstreamTable upstreams)
{
    private const string Unwritten = "no server of it can be written";
    private bool _isDefined;
    private string? _url;
    private ServerReader? _only;

    /// <summary>Writes a route that forwards to it; null where no server can be written.</summary>
    public OutputNode? Write(OutputMap route)
    {
        if (!_isDefined)
        {
            Define();
            _isDefined = true;
        }

        if (_url is null && upstreams.Find(section.Name) is null)
        {
            return null;
        }

        OutputNode use = _url is null ? upstreams.UseName(route, section.Name) : upstreams.UseUrl(route, _url, null);
        if (_url is not null && _only is { Unknown.Count: 0 })
        {
            _only.Line.Entry.Say(use);
        }

        Timeouts(route);
        HeaderRules.Write(section, route);
        return use;
    }

    private void Define()
    {
        SourceLine? defaults = section.Last("default-server");
        ServerReader[] servers =
        [
            .. section.Lines.Where(static line => line[0] == "server").Select(line => new ServerReader(line, defaults)),
        ];
        var list = new OutputList();
        var upstream = new OutputMap();
        foreach (ServerReader server in servers)
        {
            if (server.Url is not { } url)
            {
                server.Line.Entry.Lose("a spec needs the address and the port of a server");
                continue;
            }

            OutputNode node = list.Add(server.Node(url));
            if (server.Unknown.Count > 0)
            {
                server.Line.Entry.Lose("a spec has no word for " + string.Join(", ", server.Unknown));
            }
            else
            {
                server.Line.Entry.Say(node);
            }
        }

        if (list.Items.Count == 0)
        {
            section.Head.Entry.Lose(Unwritten);
            return;
        }

        upstream.Set<OutputNode>("servers", list.Items is [OutputText only] ? Take(list, only) : list);
        servers.First(static server => server.Url is not null).WriteTls(upstream);
        Balance(upstream, servers.Length);
        Health(upstream, servers);
        if (section.Last("retries") is { } retries)
        {
            if (retries[1] == "0")
            {
                retries.Entry.Say(upstream.Word("retries", "0"));
            }
            else
            {
                retries.Entry.Imply("a request that can't be connected goes to the next server");
            }
        }

        defaults?.Entry.Imply("what it says is read with each server");
        if (upstream.Entries is [("servers", OutputText alone)])
        {
            _url = alone.Text;
            _only = servers.First(static server => server.Url is not null);
        }
        else
        {
            upstreams.Define(section.Name, upstream);
        }
    }

    private static OutputText Take(OutputList list, OutputText only)
    {
        list.Remove(only);
        return only;
    }

    private void Balance(OutputMap upstream, int servers)
    {
        if (section.Last("balance") is { } balance)
        {
            string? policy = balance[1] switch
            {
                "leastconn" => "least_conn",
                "source" => "ip_hash",
                "uri" => "uri_hash",
                "first" => "first",
                var random when random.StartsWith("random", StringComparison.Ordinal) => "random",
                _ => null,
            };
            if (balance[1] is "roundrobin" or "static-rr" || servers < 2)
            {
                balance.Entry.Imply(servers < 2 ? "there is one server" : "servers take turns unless the spec says otherwise");
            }
            else if (policy is not null)
            {
                balance.Entry.Say(upstream.Word("balance", policy));
            }
            else if (balance[1].StartsWith("hdr(", StringComparison.Ordinal))
            {
                balance.Entry.Say(upstream.Map("balance").Set("header", balance[1][4..^1]));
            }
            else
            {
                balance.Entry.Lose("a spec has no such policy");
            }
        }

        if (section.Last("cookie") is { } cookie)
        {
            if (cookie.Words.Contains("insert") && servers > 1 && upstream["balance"] is null)
            {
                cookie.Entry.Say(upstream.Map("balance").Set("cookie", cookie[1]), "the cookie's values are others");
            }
            else
            {
                cookie.Entry.Lose("a spec has cookies that the proxy sets, of several servers that take turns");
            }
        }
    }

    private void Health(OutputMap upstream, ServerReader[] servers)
    {
        SourceLine? check = section.Option("httpchk");
        SourceLine[] rules = [.. section.Lines.Where(static line => line[0] == "http-check")];
        if (!servers.Any(static server => server.Has("check")))
        {
            foreach (SourceLine line in rules.Append(check).OfType<SourceLine>())
            {
                line.Entry.Tune("no server has `check`");
            }

            return;
        }

        if (check is null)
        {
            foreach (ServerReader server in servers.Where(static server => server.Has("check")))
            {
                server.Line.Entry.Lose("a check that only connects: a spec's asks for a path, by health.active");
            }

            return;
        }

        var active = new OutputMap();
        string path = rules.Select(static line => line.Behind("uri")).FirstOrDefault(static words => words.Count > 0) is [var asked, ..]
            ? asked
            : check.Words.Skip(2).FirstOrDefault(static word => word.StartsWith('/')) ?? "/";
        OutputNode place = active.Set("path", path);
        check.Entry.Say(place, check[2] is "" or "GET" || check[2].StartsWith('/') ? null : "the spec's probes are sent with GET");
        foreach (SourceLine line in rules)
        {
            if (line[1] == "send")
            {
                line.Entry.Say(place);
            }
            else if (line.Is("http-check", "expect", "status") && line[3].All(static c => char.IsAsciiDigit(c)))
            {
                line.Entry.Say(active.Word("status", line[3]));
            }
            else
            {
                line.Entry.Lose("the spec's probes pass by a status");
            }
        }

        if (servers.Select(static server => server["inter"]).OfType<string>().FirstOrDefault() is { } inter)
        {
            if (Units.Duration(inter) is { } interval)
            {
                active.Set("interval", interval);
            }
        }
        else
        {
            // HAProxy's own.
            active.Set("interval", "2s");
        }

        if (section.Last("timeout", "check") is { } timeout && Units.Duration(timeout[2]) is { } longest)
        {
            timeout.Entry.Say(active.Set("timeout", longest));
        }

        upstream.Map("health").Set("active", active);
    }

    private void Timeouts(OutputMap route)
    {
        Timeout(route, "connect", ["connect"]);
        Timeout(route, "server", ["read", "send"]);
        if (section.Last("timeout", "tunnel") is { } tunnel)
        {
            tunnel.Entry.Say(route.Word("websocket", "true"), "an upgraded connection may idle for an hour");
        }
    }

    private void Timeout(OutputMap route, string name, string[] fields)
    {
        if (section.Last("timeout", name) is not { } line || Units.Duration(line[2]) is not { } time)
        {
            return;
        }

        foreach (string field in fields)
        {
            line.Entry.Say(route.Map("timeouts").Set(field, time));
        }
    }
}

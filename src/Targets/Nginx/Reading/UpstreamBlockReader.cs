using System.Globalization;
using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Nginx.Reading;

/// <summary>Reads <c>upstream</c> blocks.</summary>
internal static class UpstreamBlockReader
{
    private static readonly string[] _usual = ["weight=1", "max_conns=0", "max_fails=1", "fail_timeout=10s", "fail_timeout=10", "resolve"];

    public static void Read(ReadingState reading, SourceDirective block)
    {
        var upstream = new OutputMap();
        var servers = new OutputList();
        SourceDirective[] written = [.. block.Children.Where(d => d is { Name: "server", Arguments.Count: > 0 })];
        foreach (SourceDirective server in written)
        {
            server.Entry.Say(servers.Add(Server(server)));
        }

        if (servers.Items.Count == 0)
        {
            block.LoseAll("an upstream without servers");
            return;
        }

        if (servers.Items is [OutputText only])
        {
            OutputText alone = upstream.Set("servers", only.Text);
            only.ReplaceBy(alone);
        }
        else
        {
            upstream.Set("servers", servers);
        }

        Health(written, upstream);
        foreach (SourceDirective directive in block.Children.Where(d => d.Name != "server"))
        {
            Setting(directive, upstream, written.Length);
        }

        block.Entry.Say(upstream);
        reading.Upstreams.Define(block.First, upstream);
    }

    private static OutputNode Server(SourceDirective server)
    {
        string address = server.First;
        string url = address.StartsWith("unix:", StringComparison.Ordinal) ? address : "http://" + address;
        var map = new OutputMap();
        map.Set("url", url);
        foreach (string parameter in server.Arguments.Skip(1))
        {
            string[] pair = parameter.Split('=', 2);
            switch (pair[0])
            {
                case "weight" or "max_conns" when pair.Length == 2 && !_usual.Contains(parameter):
                    map.Word(pair[0], pair[1]);
                    break;
                case "backup" or "down":
                    map.Word(parameter, "true");
                    break;
                case "max_fails" or "fail_timeout" or "weight" or "max_conns" or "resolve":
                    break;
                default:
                    server.Entry.Lose($"a server has no '{pair[0]}'");
                    break;
            }
        }

        return map.Entries.Count == 1 ? new OutputText(url) : map;
    }

    // nginx rests a server for 10 s after a failure, where there is another.
    private static void Health(SourceDirective[] servers, OutputMap upstream)
    {
        (string Fails, string Pause)[] rules =
        [
            .. servers
                .Select(s => (Parameter(s, "max_fails") ?? "1", Units.Duration(Parameter(s, "fail_timeout") ?? "10s") ?? "10s"))
                .Distinct(),
        ];
        if (servers.Length < 2 || rules is [("0", _)])
        {
            return;
        }

        if (rules.Length > 1)
        {
            foreach (SourceDirective server in servers.Where(s => (Parameter(s, "max_fails") ?? Parameter(s, "fail_timeout")) is not null))
            {
                server.Entry.Lose("all servers of an upstream have the same 'max_fails' and 'fail_timeout'");
            }
        }

        OutputMap passive = upstream.Map("health").Map("passive");
        passive.Word("max_fails", rules[0].Fails == "0" ? "1" : rules[0].Fails);
        passive.Word("fail_for", rules[0].Pause);
    }

    private static void Setting(SourceDirective directive, OutputMap upstream, int servers)
    {
        string? balance = directive.Name switch
        {
            "least_conn" or "ip_hash" => directive.Name,
            "random" => "random",
            "hash" when directive.First is "$request_uri" or "$uri" => "uri_hash",
            "hash" when directive.First is "$remote_addr" or "$binary_remote_addr" => "ip_hash",
            _ => null,
        };
        string? header =
            directive.Name == "hash" && directive.First.StartsWith("$http_", StringComparison.Ordinal) ? directive.First[6..] : null;
        if (balance is not null && servers == 1)
        {
            directive.Entry.Tune("there is one server");
        }
        else if (balance is not null)
        {
            directive.Entry.Say(upstream.Set("balance", new OutputText(balance, isWord: true)));
        }
        else if (header is not null)
        {
            directive.Entry.Say(upstream.Map("balance").Set("header", SpecText.HeaderName(header.Replace('_', '-'))));
        }
        else if (directive.Name == "keepalive" && int.TryParse(directive.First, CultureInfo.InvariantCulture, out _))
        {
            directive.Entry.Say(upstream.Map("keepalive").Word("idle", directive.First));
        }
        else if (directive.Name == "keepalive_timeout" && Units.Duration(directive.First) is { } time)
        {
            directive.Entry.Say(upstream.Map("keepalive").Word("timeout", time));
        }
        else if (directive.Name is "zone" or "keepalive_requests" or "keepalive_time" or "resolver" or "resolver_timeout" or "state")
        {
            directive.Entry.Tune("how nginx shares and keeps connections");
        }
        else
        {
            directive.Entry.Lose("a spec has no such way to choose a server");
        }
    }

    private static string? Parameter(SourceDirective server, string name) =>
        server.Arguments.FirstOrDefault(a => a.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..];
}

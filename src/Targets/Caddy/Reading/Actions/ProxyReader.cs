using Confgen.Targets.Caddy.Reading.Matching;
using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Caddy.Reading.Actions;

/// <summary>Reads <c>reverse_proxy</c> into a route and its upstream.</summary>
/// <param name="reading">What all share.</param>
/// <param name="directive">The directive.</param>
/// <param name="draft">The route.</param>
/// <param name="files">The file server behind it, which scripts leave files to; null where there is none.</param>
internal sealed class ProxyReader(ReadingState reading, Directive directive, RouteDraft draft, SourceLine? files = null)
{
    private readonly SourceLine _line = directive.Line;
    private readonly OutputMap _settings = new();
    private readonly List<OutputMap> _servers = [];

    private OutputMap? _scripts;

    public void Read()
    {
        IReadOnlyList<SourceLine> to = [.. _line.Block.Where(l => l.Name == "to")];
        SourceLine? dynamic = _line.Block.Find(l => l.Name == "dynamic");
        string[] addresses = [.. directive.Words, .. to.SelectMany(l => l.Arguments)];
        string? problem = null;
        foreach (string address in addresses)
        {
            foreach (string url in ServerUrl.Of(address, out string? wrong))
            {
                var server = new OutputMap();
                server.Set("url", url);
                _servers.Add(server);
            }

            problem ??= ServerUrl.Of(address, out string? reason).Count == 0 ? reason : null;
        }

        SourceLine? transport = _line.Block.Find(l => l.Name == "transport");
        bool runs = _line.Name == "php_fastcgi" || transport is { First: "fastcgi" };
        if (runs && problem is null)
        {
            _scripts = new ScriptsReader(_line, transport ?? _line, files).Read(draft, out problem);
        }
        else if (transport is { First: not "http" })
        {
            problem = $"routes forward to HTTP servers alone, not by '{transport.First}'";
        }

        if (problem is not null || (addresses.Length == 0 && !Dynamic(dynamic, out problem)))
        {
            _line.LoseAll((problem ?? "it has no server") + "; the route responds with 501");
            draft.Refuse($"{_line.Name} " + string.Join(' ', directive.Words));
            return;
        }

        // Caddy waits for the upstream without an end, and takes bodies of any length.
        if ((draft.Route["timeouts"] as OutputMap)?["read"] is null)
        {
            draft.Route.Map("timeouts").Word("read", "1h");
        }

        draft.Route.Word("max_body", "0");
        if (transport is not null)
        {
            if (!runs)
            {
                TransportReader.Read(transport, draft.Route, _settings, _servers);
            }

            transport.Entry.Imply("what is in it is read");
        }

        new BalancingReader(_line.Block, _settings, _servers).Read();
        foreach (
            SourceLine line in _line.Block.Where(l =>
                l.Name is not ("to" or "dynamic" or "transport") && !(runs && transport is null && ScriptsReader.Knows(l.Name))
            )
        )
        {
            Option(line);
        }

        foreach (SourceLine option in runs && transport is not null ? transport.Block.Where(o => !ScriptsReader.Knows(o.Name)) : [])
        {
            option.LoseAll($"'fastcgi' has nothing for '{option.Name}'");
        }

        Write(to);
    }

    private void Write(IReadOnlyList<SourceLine> to)
    {
        OutputText place;
        OutputMap owner = _scripts ?? draft.Route;
        string key = _scripts is null ? "proxy" : "server";
        foreach (OutputText url in _scripts is null ? [] : _servers.Select(s => s["url"]).OfType<OutputText>())
        {
            url.Text = url.Text.Replace("http://", "fastcgi://", StringComparison.Ordinal);
        }

        bool isPlain = _servers.TrueForAll(s => s.Entries.Count == 1);
        string first = _servers.Count > 0 ? ((OutputText)_servers[0]["url"]!).Text : ((OutputText)_settings.Map("discover")["srv"]!).Text;
        if (_servers.Count == 1 && isPlain)
        {
            place = reading.Upstreams.UseUrl(owner, first, _settings.Entries.Count > 0 ? _settings : null, key);
        }
        else
        {
            if (_servers.Count > 0)
            {
                _settings.Set("servers", new OutputList(_servers.Select(s => s.Entries.Count == 1 ? s.Take("url")! : s)));
                _settings.Sort(["servers"]);
            }

            place = reading.UseServers(owner, first.TrimStart('_'), _settings, key);
        }

        _scripts?.Sort(["server", "root", "local_root", "index", "split", "front_controller", "params"]);
        _line.Entry.Say(place);
        foreach (SourceLine line in to)
        {
            line.Entry.Say(place);
        }
    }

    private bool Dynamic(SourceLine? line, out string? problem)
    {
        problem = null;
        string[] words = line is null ? [] : [.. line.Arguments];
        string? Of(string name) => line?.Block.Find(l => l.Name == name)?.First;
        switch (words)
        {
            case ["srv", ..] when (words.Length > 1 ? words[1] : Of("name")) is { } name && Of("service") is null:
                OutputMap discover = _settings.Map("discover");
                discover.Set("srv", name);
                if (Of("refresh") is { } refresh && Units.Duration(refresh) is { } duration)
                {
                    discover.Word("refresh", duration);
                }

                line!.Entry.Say(discover);
                break;
            case ["a", ..] when (words.Length > 1 ? words[1] : Of("name")) is { } host:
                var server = new OutputMap();
                server.Set("url", $"http://{host}:{(words.Length > 2 ? words[2] : Of("port") ?? "80")}");
                _servers.Add(server);
                line!.Entry.Say(server, "names are resolved again as the target does");
                break;
            default:
                problem = line is null ? "it has no server" : "servers come from a list, or from DNS SRV records";
                return false;
        }

        foreach (SourceLine inner in line.Block)
        {
            inner.Entry.Imply("part of where the servers come from");
        }

        return true;
    }

    private void Option(SourceLine line)
    {
        switch (line.Name)
        {
            case "header_up":
                HeadersReader.One(line, [.. line.Arguments], isRequest: true, draft);
                break;
            case "header_down":
                HeadersReader.One(line, [.. line.Arguments], isRequest: false, draft);
                break;
            case "flush_interval" when line.First.StartsWith('-'):
                line.Entry.Imply("pieces of a response are passed on as they come");
                break;
            case "flush_interval" when Units.Duration(line.First) is { } interval:
                line.Entry.Say(draft.Route.Word("flush_interval", interval));
                break;
            case "buffer_requests"
            or "buffer_responses"
            or "max_buffer_size"
            or "request_buffers"
            or "response_buffers"
            or "stream_buffer_size":
                line.Entry.Tune("bodies are passed on as they come");
                break;
            case "stream_close_delay" or "verbose_logs":
                line.Entry.Tune("nothing that clients or upstreams see");
                break;
            case "trusted_proxies":
                OutputList list = reading.Spec.List("trusted_proxies");
                foreach (
                    string network in MatcherReader.Networks(line.Arguments).Where(n => !list.Items.Any(i => ((OutputText)i).Text == n))
                )
                {
                    list.Add(new OutputText(network));
                }

                line.Entry.Say(list, "for the whole spec");
                break;
            case "handle_response":
                ErrorsReader.HandleResponse(line, _line.Block, draft);
                break;
            case ['@', ..]:
                // Read with the handle_response that uses it.
                line.Entry.Imply("part of what handle_response says");
                foreach (SourceLine inner in line.Block)
                {
                    inner.Entry.Imply("part of what handle_response says");
                }

                break;
            case var name when BalancingReader.Knows(name):
                break;
            default:
                line.LoseAll(
                    line.Name switch
                    {
                        "rewrite" or "method" => "what the upstream is asked is the client's, but for the route's own rewriting",
                        "stream_timeout" => "an upgraded connection has no limit but its idle time",
                        "replace_status" => "a response keeps its status",
                        _ => $"'proxy' has nothing for '{line.Name}'",
                    }
                );
                break;
        }
    }
}

using System.Globalization;
using System.Text.RegularExpressions;
using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Caddy.Reading.Actions;

/// <summary>Reads how <c>reverse_proxy</c> chooses a server, tries again and watches the servers' health.</summary>
/// <param name="lines">The lines of its block.</param>
/// <param name="settings">The upstream.</param>
/// <param name="servers">Its servers.</param>
internal sealed partial class BalancingReader(IReadOnlyList<SourceLine> lines, OutputMap settings, List<OutputMap> servers)
{
    private bool HasSeveral => servers.Count != 1;

    /// <summary>Whether a line is of this kind.</summary>
    public static bool Knows(string name) =>
        name.StartsWith("lb_", StringComparison.Ordinal)
        || name.StartsWith("health_", StringComparison.Ordinal)
        || name.StartsWith("unhealthy_", StringComparison.Ordinal)
        || name is "max_fails" or "fail_duration";

    public void Read()
    {
        SourceLine? policy = lines.FirstOrDefault(l => l.Name == "lb_policy");
        if (policy is not null)
        {
            Policy(policy);
        }
        else if (HasSeveral)
        {
            // Caddy's own policy.
            settings.Set("balance", new OutputText("random", isWord: true));
        }

        Retries();
        if (lines.FirstOrDefault(l => l.Name is "health_uri" or "health_path") is { } probe)
        {
            Active(probe);
        }

        Passive();
        foreach (SourceLine line in lines.Where(l => Knows(l.Name) && !l.Entry.IsSettled))
        {
            line.LoseAll($"an upstream has nothing for '{line.Name}'");
        }
    }

    private void Policy(SourceLine line)
    {
        string name = line.First;
        if (!HasSeveral)
        {
            line.TuneAll("there is one server");
            return;
        }

        OutputNode? place = name switch
        {
            "random" or "first" or "least_conn" or "ip_hash" or "uri_hash" => settings.Set("balance", new OutputText(name, isWord: true)),
            "client_ip_hash" => settings.Set("balance", new OutputText("ip_hash", isWord: true)),
            "round_robin" => settings.Set("balance", new OutputText(name, isWord: true)),
            "header" when line.Arguments.Count > 1 => settings.Map("balance").Set("header", line.Arguments[1]),
            "cookie" => settings.Map("balance").Set("cookie", line.Arguments.Count > 1 ? line.Arguments[1] : "lb"),
            "weighted_round_robin" => Weights(line),
            _ => null,
        };
        if (place is null)
        {
            line.LoseAll($"there is no policy '{name}'");
            return;
        }

        line.Entry.Say(place);
        foreach (SourceLine inner in line.Block)
        {
            inner.Entry.Tune("what is chosen without a key");
        }
    }

    private OutputText Weights(SourceLine line)
    {
        foreach ((OutputMap server, string weight) in servers.Zip(line.Arguments.Skip(1)).Where(s => s.Second != "1"))
        {
            server.Word("weight", weight);
        }

        return settings.Set("balance", new OutputText("round_robin", isWord: true));
    }

    private void Retries()
    {
        SourceLine? retries = lines.FirstOrDefault(l => l.Name == "lb_retries");
        SourceLine? duration = lines.FirstOrDefault(l => l.Name == "lb_try_duration");
        if (retries is not null)
        {
            retries.Entry.Say(settings.Word("retries", retries.First));
            duration?.Entry.Tune("the number of tries ends them");
        }
        else if (duration is not null)
        {
            OutputText place = settings.Word("retries", Math.Max(1, servers.Count - 1).ToString(CultureInfo.InvariantCulture));
            duration.Entry.Say(place, "each other server once, instead of for a time");
        }
        else if (HasSeveral)
        {
            settings.Word("retries", "0");
        }

        foreach (SourceLine line in lines.Where(l => l.Name == "lb_try_interval"))
        {
            line.Entry.Tune("the next server is tried at once");
        }
    }

    private void Active(SourceLine probe)
    {
        OutputMap active = settings.Map("health").Map("active");
        probe.Entry.Say(active.Set("path", probe.First));
        active.Word("interval", "30s");
        foreach (SourceLine line in lines)
        {
            switch (line.Name)
            {
                case "health_interval" when Units.Duration(line.First) is { } interval:
                    line.Entry.Say(active.Word("interval", interval));
                    break;
                case "health_timeout" when Units.Duration(line.First) is { } timeout:
                    line.Entry.Say(active.Word("timeout", timeout));
                    break;
                case "health_status":
                    line.Entry.Say(active.Set("status", new OutputText(line.First, isWord: true)));
                    break;
                case "health_passes" or "health_fails" when line.First == "1":
                case "health_method" when line.First.Equals("GET", StringComparison.OrdinalIgnoreCase):
                    line.Entry.Imply("confgen does so anyway");
                    break;
            }
        }
    }

    private void Passive()
    {
        foreach (SourceLine line in lines.Where(l => l.Name == "unhealthy_request_count"))
        {
            foreach (OutputMap server in servers)
            {
                line.Entry.Say(server.Word("max_conns", line.First));
            }
        }

        SourceLine? window = lines.FirstOrDefault(l => l.Name == "fail_duration");
        if (window is null || Units.Duration(window.First) is not { } duration)
        {
            foreach (SourceLine line in lines.Where(l => l.Name is "max_fails" or "unhealthy_status" or "unhealthy_latency"))
            {
                line.Entry.Tune("without 'fail_duration' failures aren't counted");
            }

            return;
        }

        OutputMap passive = settings.Map("health").Map("passive");
        window.Entry.Say(passive.Word("fail_for", duration));
        foreach (SourceLine line in lines)
        {
            switch (line.Name)
            {
                case "max_fails":
                    line.Entry.Say(passive.Word("max_fails", line.First));
                    break;
                case "unhealthy_status" when line.Arguments.All(a => Status().IsMatch(a)):
                    line.Entry.Say(passive.Set("status", new OutputList(line.Arguments.Select(a => new OutputText(a, isWord: true)))));
                    break;
                case "unhealthy_latency" when Units.Duration(line.First) is { } latency:
                    line.Entry.Say(passive.Word("latency", latency));
                    break;
            }
        }
    }

    [GeneratedRegex(@"^[1-5]([0-9][0-9]|xx)\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Status();
}

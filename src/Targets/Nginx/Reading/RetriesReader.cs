using System.Globalization;
using Confgen.Targets.Importing;
using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Nginx.Reading;

/// <summary>
/// Reads <c>proxy_next_upstream</c> and its relatives. nginx has them in locations, a spec in the upstream: they can be said where all
/// locations that proxy to it agree.
/// </summary>
internal sealed class RetriesReader
{
    // nginx counts neither as a failure of the server.
    private static readonly string[] _uncounted = ["403", "404"];

    private readonly Dictionary<string, List<Use>> _uses = [];

    /// <summary>Takes note of a location that proxies.</summary>
    /// <param name="authority">The upstream's name, or the server.</param>
    /// <param name="scope">What holds in the location.</param>
    /// <param name="prefix">What the names of the directives begin with.</param>
    public void Note(string authority, Scope scope, string prefix = "proxy_")
    {
        string conditions = prefix + "next_upstream";
        var use = new Use(scope.Find(conditions), scope.Find(conditions + "_tries"), scope.Find(conditions + "_timeout"));
        if (_uses.TryGetValue(authority, out List<Use>? others))
        {
            others.Add(use);
        }
        else
        {
            _uses[authority] = [use];
        }
    }

    /// <summary>Says it in the upstreams, once all locations are read.</summary>
    public void Settle(UpstreamTable upstreams)
    {
        foreach ((string authority, List<Use> uses) in _uses)
        {
            if (upstreams.Find(authority) is not { } upstream || upstream["servers"] is not OutputList { Items.Count: > 1 } servers)
            {
                foreach (SourceDirective directive in uses.SelectMany(use => use.Written))
                {
                    directive.Entry.Tune("there is one server: no other could be tried");
                }
            }
            else if (uses.DistinctBy(use => use.Key).Count() > 1)
            {
                foreach (SourceDirective directive in uses.SelectMany(use => use.Written))
                {
                    directive.Entry.Lose("other locations with this upstream have other conditions: a spec has them in the upstream");
                }
            }
            else
            {
                Say(uses, upstream, servers.Items.Count);
            }
        }
    }

    // Directives that are written more than once, but alike, all have the one place.
    private static void Say(List<Use> uses, OutputMap upstream, int servers)
    {
        string[] on = [.. uses[0].On?.Arguments ?? []];
        if (on is ["off"])
        {
            OutputText none = upstream.Word("retries", "0");
            foreach (SourceDirective directive in uses.SelectMany(use => use.Written))
            {
                directive.Entry.Say(none);
            }

            return;
        }

        int others =
            int.TryParse(uses[0].Most?.First, NumberStyles.None, CultureInfo.InvariantCulture, out int tries) && tries > 0
                ? Math.Min(tries, servers) - 1
                : servers - 1;
        OutputNode place = others == 1 ? upstream : upstream.Word("retries", others.ToString(CultureInfo.InvariantCulture));
        string[] statuses = [.. on.Where(c => c.StartsWith("http_", StringComparison.Ordinal)).Select(c => c[5..])];
        OutputList? retried = statuses.Length > 0 && others > 0 ? RetryOn(upstream, statuses) : null;
        foreach (Use use in uses)
        {
            use.Most?.Entry.Say(place);
            use.Time?.Entry.Tune("the number of tries ends them");
            if (use.On is null)
            {
                continue;
            }

            if (on.Contains("non_idempotent"))
            {
                use.On.Entry.Lose("only idempotent requests are sent again");
            }
            else if (!on.Contains("error"))
            {
                use.On.Entry.Lose("a server that can't be reached is always passed over");
            }
            else if (retried is not null)
            {
                use.On.Entry.Say(retried);
            }
            else
            {
                use.On.Entry.Imply("what fails before its bytes are sent, or is idempotent, goes to another server");
            }
        }
    }

    private static OutputList RetryOn(OutputMap upstream, string[] statuses)
    {
        OutputList retried = Statuses(statuses);
        upstream.Set("retry_on", retried);

        // Such a response counts as a failure of its server, where failures count.
        string[] counted = [.. statuses.Except(_uncounted)];
        if (upstream["health"] is OutputMap health && health["passive"] is OutputMap passive && counted.Length > 0)
        {
            passive.Set("status", Statuses(counted));
        }

        return retried;
    }

    private static OutputList Statuses(string[] statuses)
    {
        var list = new OutputList();
        foreach (string status in statuses)
        {
            list.Add(new OutputText(status, isWord: true));
        }

        return list;
    }

    private sealed record Use(SourceDirective? On, SourceDirective? Most, SourceDirective? Time)
    {
        public IEnumerable<SourceDirective> Written => new[] { On, Most, Time }.OfType<SourceDirective>();

        public string Key =>
            string.Join(' ', (On?.Arguments ?? []).Order(StringComparer.Ordinal)) + '|' + (Most?.First is null or "0" ? "" : Most.First);
    }
}

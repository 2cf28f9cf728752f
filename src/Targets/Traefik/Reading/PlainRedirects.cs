using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Traefik.Reading;

/// <summary>What sends plain requests to the sites with TLS: an entry point's redirection, or routers that do nothing else.</summary>
internal sealed class PlainRedirects
{
    private const string Any = "_";
    private readonly OutputMap[] _secure;
    private readonly List<(OutputMap Site, string Port, string Status, SourceKey[] By)> _found = [];

    public PlainRedirects(Configuration configuration, OutputMap[] secure)
    {
        _secure = secure;
        foreach (EntryPoint entry in configuration.EntryPoints.Where(static entry => entry.RedirectsTo is not null))
        {
            SourceKey redirection = entry.Key!["http.redirections.entryPoint"]!;
            string status = redirection["permanent"] is { IsFalse: true } ? "302" : "301";
            foreach (OutputMap site in secure)
            {
                _found.Add(
                    (
                        site,
                        entry.Listen(hasTls: false),
                        status,
                        [redirection, .. entry.Key["address"] is { } address ? [address] : (SourceKey[])[]]
                    )
                );
            }
        }
    }

    /// <summary>Whether an entry point has nothing but its redirection.</summary>
    public static bool TakesAll(ListenerReader listener)
    {
        if (listener.Entry.RedirectsTo is null)
        {
            return false;
        }

        foreach (RouterSource router in listener.Routers)
        {
            router.Key.Tune("the entry point sends all its requests to https");
        }

        return true;
    }

    /// <summary>The hosts whose plain requests are sent to sites with TLS.</summary>
    public IReadOnlySet<string> Take(ListenerReader listener)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach ((string host, RouterSource router, SourceKey redirect) in listener.Redirected())
        {
            OutputMap[] sites = [.. _secure.Where(site => host == Any || Hosts(site).Contains(host))];
            if (sites.Length == 0)
            {
                continue;
            }

            taken.Add(host);
            string status = redirect["permanent"] is { IsTrue: true } ? "301" : "302";
            SourceKey[] by = [redirect, router.Key, .. listener.Entry.Key?["address"] is { } address ? [address] : (SourceKey[])[]];
            foreach (OutputMap site in sites)
            {
                _found.Add((site, listener.Entry.Listen(hasTls: false), status, by));
            }
        }

        return taken;
    }

    /// <summary>Writes what the sites with TLS do with plain requests.</summary>
    public void Write()
    {
        foreach (OutputMap site in _secure)
        {
            (OutputMap Site, string Port, string Status, SourceKey[] By)[] own = [.. _found.Where(each => each.Site == site)];
            if (own.Length == 0)
            {
                site.Word("redirect_http", "false");
                continue;
            }

            OutputNode place;
            if (own[0].Port != "80" && own[0].Port.All(char.IsAsciiDigit))
            {
                OutputMap map = site.Map("redirect_http");
                map.Word("port", own[0].Port);
                place = map.Word("status", own[0].Status);
            }
            else
            {
                place = site.Word("redirect_http", own[0].Status);
            }

            foreach (SourceKey key in own.SelectMany(static each => each.By))
            {
                key.Say(place);
            }
        }
    }

    private static string[] Hosts(OutputMap site) =>
        site["host"] switch
        {
            OutputText text => [text.Text],
            OutputList list => [.. list.Items.OfType<OutputText>().Select(static text => text.Text)],
            _ => [],
        };
}

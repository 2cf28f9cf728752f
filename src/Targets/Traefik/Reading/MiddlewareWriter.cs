using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Traefik.Reading;

/// <summary>Writes a router's middlewares into its route.</summary>
internal sealed class MiddlewareWriter(
    Configuration configuration,
    EntryPoint entry,
    OutputMap site,
    OutputMap route,
    IReadOnlyList<string> hosts
)
{
    private const string Unknown = ": its requests get 501, so that they don't reach what may be open";

    /// <summary>How often a request is tried; null where nothing says so.</summary>
    public SourceKey? Retries { get; private set; }

    /// <summary>The middleware that sends every request of a plain router to https, where it has no other.</summary>
    public static SourceKey? RedirectOf(Configuration configuration, EntryPoint entry, RouterSource router) =>
        Names(configuration, entry, router, []).ToArray() is [var (name, _)]
        && configuration.Middlewares.TryGetValue(name, out SourceKey? middleware)
        && middleware["redirectScheme"] is { } redirect
        && redirect["scheme"]?.Value == "https"
            ? redirect
            : null;

    /// <summary>Writes them; false where one responds, so that nothing is forwarded.</summary>
    public bool Apply(RouterSource router, bool hasTls)
    {
        foreach ((string name, SourceKey? by) in Names(configuration, entry, router, []))
        {
            if (!configuration.Middlewares.TryGetValue(name, out SourceKey? middleware))
            {
                by?.Lose($"nothing says what the middleware '{name}' does" + Unknown);
                return Refuse("501");
            }

            foreach (SourceKey kind in middleware.Keys)
            {
                if (!Apply(kind, hasTls))
                {
                    by?.Say(route["redirect"] ?? route["respond"] ?? site);
                    return false;
                }
            }

            by?.Imply("what the middlewares do is read with them");
        }

        return true;
    }

    private static IEnumerable<(string Name, SourceKey? By)> Names(
        Configuration configuration,
        EntryPoint entry,
        RouterSource router,
        HashSet<string> above
    ) => Flat(configuration, entry.Key?["http.middlewares"], above).Concat(Flat(configuration, router.Key["middlewares"], above));

    // Chains are what is in them.
    private static IEnumerable<(string Name, SourceKey? By)> Flat(Configuration configuration, SourceKey? list, HashSet<string> above)
    {
        foreach (string name in (list?.Values ?? []).Select(Configuration.Local))
        {
            if (!configuration.Middlewares.TryGetValue(name, out SourceKey? middleware) || middleware["chain"] is null)
            {
                yield return (name, list);
            }
            else if (above.Add(name))
            {
                list?.Imply("what the middlewares do is read with them");
                foreach ((string inner, SourceKey? by) in Flat(configuration, middleware["chain.middlewares"], above))
                {
                    yield return (inner, by);
                }

                above.Remove(name);
            }
        }
    }

    private bool Apply(SourceKey kind, bool hasTls)
    {
        switch (kind.Name.ToLowerInvariant())
        {
            case "redirectscheme" when hasTls && kind["scheme"]?.Value == "https":
                kind.Imply("the requests have come over https");
                return true;
            case "redirectscheme":
                RedirectReader.Scheme(kind, route);
                return false;
            case "redirectregex":
                return RedirectReader.Regex(kind, route, hosts, hasTls);
            case "stripprefix" or "stripprefixregex" or "addprefix" or "replacepath" or "replacepathregex":
                RewriteReader.Write(kind, route);
                return true;
            case "headers":
                HeaderReader.Write(kind, route, hasTls);
                return true;
            case "basicauth" or "forwardauth" or "ipallowlist" or "ipwhitelist" or "ratelimit":
                return GuardReader.Write(kind, route);
            case "digestauth":
                kind.Lose("a spec has basic_auth and forward_auth" + Unknown);
                return Refuse("501");
            case "plugin":
                kind.Lose("what a plugin does isn't known" + Unknown);
                return Refuse("501");
            case "retry":
                Retries = kind;
                kind["initialInterval"]?.Tune("the next server is tried at once");
                return true;
            case "errors":
                kind.Lose("a spec's `errors` has files, texts, and an upstream that gets the request's own path");
                return true;
            case "compress" when !kind.IsFalse:
                Compress(kind);
                return true;
            case "buffering":
                if (kind["maxRequestBodyBytes"] is { Value: { } limit } longest)
                {
                    longest.Say(route.Word("max_body", limit));
                }

                kind.Tune("bodies aren't held back");
                return true;
            case "inflightreq":
                kind.Lose("a spec limits rates by rate_limit and connections of a server by max_conns");
                return true;
            case "circuitbreaker":
                kind.Lose("the nearest is health.passive of the upstream");
                return true;
            case "passtlsclientcert":
                kind.Lose("a spec passes no certificates of clients on; tls.client_ca asks for them");
                return true;
            case "contenttype":
                kind.Imply("the Content-Type is the upstream's");
                return true;
            case "chain":
                return true;
            default:
                kind.Lose("a spec has nothing like it");
                return true;
        }
    }

    private void Compress(SourceKey kind)
    {
        string[] known = ["zstd", "br", "gzip"];
        string[] asked = kind["encodings"]?.Values is { Count: > 0 } encodings
            ? [.. encodings.Where(known.Contains)]
            : ["gzip", "br", "zstd"];
        kind.Say(site.Set("compress", OutputList.OfTexts(asked)), "it holds for the whole site, and for text from 512 bytes on");
    }

    private bool Refuse(string status)
    {
        route.Map("respond").Word("status", status);
        return false;
    }
}

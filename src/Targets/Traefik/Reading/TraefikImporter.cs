using Confgen.Compiler.Files;
using Confgen.Targets.Compose;
using Confgen.Targets.Importing;
using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.Traefik.Reading;

/// <summary>Reads Traefik's static and dynamic files, YAML or TOML, and its labels in compose files.</summary>
public sealed class TraefikImporter : IImporter
{
    private static readonly string[] _keys = ["entryPoints", "http", "providers", "certificatesResolvers", "tcp"];

    /// <inheritdoc/>
    public string Name => "traefik";

    /// <inheritdoc/>
    public bool Recognizes(string name, string text)
    {
        if (Path.GetFileName(name) is "traefik.yaml" or "traefik.yml" or "traefik.toml")
        {
            return true;
        }

        if (ComposeFile.Parse(name, text) is { } compose)
        {
            return ComposeFile
                .Read([compose])
                .SelectMany(static service => service.Labels)
                .Any(static label => label.Name.StartsWith("traefik.", StringComparison.OrdinalIgnoreCase));
        }

        if (
            !name.EndsWith(".toml", StringComparison.OrdinalIgnoreCase)
            && !name.EndsWith(".yml", StringComparison.OrdinalIgnoreCase)
            && !name.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase)
        )
        {
            return false;
        }

        SourceTree tree = SourceTree.Read(Alone(name, text), new ImportLedger());
        return tree.Error is null
            && tree.Root["sites"] is null
            && _keys.Any(key => tree.Root[key] is { Keys.Count: > 0 })
            && (tree.Root["http.routers"] ?? tree.Root["http.middlewares"] ?? tree.Root["http.services"] ?? tree.Root["entryPoints"])
                is not null;
    }

    /// <inheritdoc/>
    public ImportResult Import(ImportRequest request)
    {
        var ledger = new ImportLedger();
        SourceTree tree = SourceTree.Read(request, ledger);
        if (tree.Error is not null)
        {
            return new ImportResult { Error = tree.Error };
        }

        var configuration = new Configuration(tree);
        var spec = new OutputMap { IsRoot = true };
        var upstreams = new UpstreamTable();
        var sites = new OutputList(Sites(configuration, new UpstreamWriter(configuration, upstreams)));
        if (sites.Items.Count > 0)
        {
            StaticReader.Write(configuration, spec, [.. sites.Items.OfType<OutputMap>()]);
            spec.Set("sites", sites);
            SpecTidying.Tidy(spec, upstreams);
        }

        StaticReader.Settle(configuration, tree.Services);
        return sites.Items.Count == 0
            ? new ImportResult
            {
                Error = $"{request.Files[0].Name}: there is no router in it that a spec can have; name the dynamic files, too",
                Directives = ledger.Close(),
            }
            : new ImportResult { Spec = OutputWriter.Write(spec), Directives = ledger.Close() };
    }

    private static ImportRequest Alone(string name, string text) => new([(name, text)], new DiskFileSystem(), []);

    private static List<OutputMap> Sites(Configuration configuration, UpstreamWriter upstreams)
    {
        ListenerReader[] listeners =
        [
            .. configuration
                .Routers.SelectMany(router =>
                    configuration.EntryPointsOf(router).Select(entry => (Router: router, Entry: entry, HasTls: router.HasTls(entry)))
                )
                .GroupBy(static each => (each.Entry.Name, each.HasTls))
                .Select(each => new ListenerReader(
                    configuration,
                    each.First().Entry,
                    each.Key.HasTls,
                    each.Select(static one => one.Router)
                )),
        ];
        var tls = new TlsWriter(configuration);
        OutputMap[] secure =
        [
            .. listeners.Where(static l => l.HasTls).SelectMany(listener => listener.Sites(upstreams, tls, new HashSet<string>())),
        ];
        var sites = new List<OutputMap>(secure);
        var redirecting = new PlainRedirects(configuration, secure);
        foreach (ListenerReader listener in listeners.Where(static l => !l.HasTls))
        {
            if (!PlainRedirects.TakesAll(listener))
            {
                sites.AddRange(listener.Sites(upstreams, tls, redirecting.Take(listener)));
            }
        }

        redirecting.Write();
        return sites;
    }
}

using Confgen.Targets.Importing;
using Confgen.Targets.Importing.Output;
using Confgen.Targets.Importing.Proving;
using Confgen.Targets.Nginx.Proving;
using Confgen.Targets.Nginx.Syntax;

namespace Confgen.Targets.Nginx.Reading;

/// <summary>Reads nginx's configuration: a file with what it includes, or what <c>nginx -T</c> prints.</summary>
public sealed class NginxImporter : IProvingImporter
{
    /// <inheritdoc/>
    public string Name => "nginx";

    /// <inheritdoc/>
    public bool Recognizes(string name, string text) =>
        SourceFiles.IsDump(text)
        || name.EndsWith(".conf", StringComparison.Ordinal)
        || NginxParser.Parse(text).File is { Directives.Count: > 0 } file
            && file.Directives.All(d => !NginxCatalogue.Instance.Find(d.Name.Value).IsEmpty);

    /// <inheritdoc/>
    public ImportResult Import(ImportRequest request)
    {
        var ledger = new ImportLedger();
        var files = new SourceFiles(request);
        var tree = new SourceTree(files, ledger);
        List<SourceDirective> root = tree.Read();
        if (tree.Error is not null)
        {
            return new ImportResult { Error = tree.Error };
        }

        SourceDirective[] blocks = [.. root.Where(d => d is { Name: "http", IsBlock: true })];
        SourceDirective[] loose = [.. root.Where(d => d is { Name: not "http" } && IsOfHttp(d))];
        List<SourceDirective> http = [.. blocks.SelectMany(b => b.Children), .. loose];
        string first = files.Roots.Count > 0 ? files.Roots[0].Name : "";
        int slash = first.LastIndexOf('/');
        OutputMap spec = Spec(http, slash < 0 ? "" : first[..Math.Max(slash, 1)]);
        foreach (SourceDirective block in blocks)
        {
            block.Entry.Imply("what is in it is read");
        }

        foreach (SourceDirective directive in root.SelectMany(d => d.All))
        {
            CommonFates.Settle(directive);
            if (!directive.Entry.IsSettled && CommonFates.IsInherited(directive.Name))
            {
                directive.Entry.Tune("nothing that it holds for uses it");
            }
        }

        if (spec["sites"] is null)
        {
            return new ImportResult { Error = $"{first}: there is no server in it that a spec can have", Directives = ledger.Close() };
        }

        return new ImportResult { Spec = OutputWriter.Write(spec), Directives = ledger.Close() };
    }

    /// <inheritdoc/>
    public StagedOriginal Stage(ImportRequest request, IStagingPlaces places) => new NginxStaging(request, places).Stage();

    // Files for `conf.d` have no http block around them.
    private static bool IsOfHttp(SourceDirective directive)
    {
        foreach (NginxDefinition definition in NginxCatalogue.Instance.Find(directive.Name))
        {
            if ((definition.Contexts & (NginxContext.Http | NginxContext.Server | NginxContext.Location)) != NginxContext.None)
            {
                return true;
            }
        }

        return false;
    }

    private static OutputMap Spec(List<SourceDirective> http, string prefix)
    {
        var spec = new OutputMap { IsRoot = true };
        var reading = new ReadingState(http, new Variables(http), new UpstreamTable(), spec);
        var scope = new Scope(null, null, http);
        foreach (SourceDirective upstream in http.Where(d => d is { Name: "upstream", IsBlock: true }))
        {
            UpstreamBlockReader.Read(reading, upstream);
        }

        ServerReader[] servers =
        [
            .. http.Where(d => d is { Name: "server", IsBlock: true }).Select(s => new ServerReader(reading, s, scope, prefix)),
        ];
        var sites = new OutputList();
        HttpsRedirect[] redirects = [.. servers.Select(s => s.Redirect).OfType<HttpsRedirect>()];
        foreach (ServerReader server in servers)
        {
            // What every host's own site says already needs no site of its own.
            string[] covered =
            [
                .. servers.Select(s => s.TlsHosts).Where(h => server.Redirect is { } r && h.All(r.Hosts.Contains)).SelectMany(h => h),
            ];
            if (server.Redirect is not null && server.Hosts.All(covered.Contains))
            {
                server.SettleRedirect();
                continue;
            }

            foreach (OutputMap site in server.Read(redirects))
            {
                sites.Add(site);
            }
        }

        if (http.Exists(d => d.Name == "location"))
        {
            sites.Add(FragmentReader.Read(reading, scope));
        }

        reading.Retries.Settle(reading.Upstreams);
        if (sites.Items.Count > 0)
        {
            spec.Set("sites", sites);
            Resolver(http, spec);
            TrustedProxies(http, spec);
            SpecTidying.Tidy(spec, reading.Upstreams);
        }

        return spec;
    }

    private static void Resolver(List<SourceDirective> http, OutputMap spec)
    {
        SourceDirective[] resolvers = [.. http.SelectMany(d => d.All).Where(d => d is { Name: "resolver", Arguments.Count: > 0 })];
        if (resolvers.Length == 0)
        {
            return;
        }

        string[] servers =
        [
            .. resolvers
                .SelectMany(r => r.Arguments)
                .Where(a => !a.Contains('=', StringComparison.Ordinal))
                .Distinct(StringComparer.Ordinal),
        ];
        OutputNode place = spec.Map("targets").Map("nginx").Set("resolver", OutputList.OfTexts(servers));
        foreach (SourceDirective resolver in resolvers)
        {
            resolver.Entry.Say(place);
        }
    }

    private static void TrustedProxies(List<SourceDirective> http, OutputMap spec)
    {
        SourceDirective[] from = [.. http.SelectMany(d => d.All).Where(d => d is { Name: "set_real_ip_from", Arguments.Count: 1 })];
        SourceDirective[] headers = [.. http.SelectMany(d => d.All).Where(d => d.Name == "real_ip_header")];
        if (from.Length == 0)
        {
            return;
        }

        string[] networks = [.. from.Select(f => f.First == "unix:" ? "unix" : f.First).Distinct(StringComparer.Ordinal)];
        OutputNode place = spec.Set("trusted_proxies", new OutputList(networks.Select(n => new OutputText(n))));
        foreach (SourceDirective directive in from)
        {
            directive.Entry.Say(place);
        }

        foreach (SourceDirective header in headers)
        {
            if (string.Equals(header.First, "X-Forwarded-For", StringComparison.OrdinalIgnoreCase))
            {
                header.Entry.Imply("the client's address is that of X-Forwarded-For");
            }
            else
            {
                header.Entry.Lose("the client's address is that of X-Forwarded-For");
            }
        }
    }
}

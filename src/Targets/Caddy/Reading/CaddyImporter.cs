using Confgen.Targets.Caddy.Labels;
using Confgen.Targets.Caddy.Proving;
using Confgen.Targets.Caddy.Syntax;
using Confgen.Targets.Caddy.Syntax.Catalogue;
using Confgen.Targets.Importing;
using Confgen.Targets.Importing.Output;
using Confgen.Targets.Importing.Proving;

namespace Confgen.Targets.Caddy.Reading;

/// <summary>Reads a Caddyfile with what it imports.</summary>
public sealed class CaddyImporter : IProvingImporter
{
    /// <inheritdoc/>
    public string Name => "caddy";

    /// <inheritdoc/>
    public bool Recognizes(string name, string text)
    {
        if (name.EndsWith("Caddyfile", StringComparison.OrdinalIgnoreCase) || CaddyLabelFiles.HasLabels(name, text))
        {
            return true;
        }

        CaddyDocument document = CaddyParser.Parse(text, CaddyVersion.Newest);
        CaddyNode[] lines =
        [
            .. document
                .Nodes.Where(n => n.Kind == CaddyNodeKind.Site)
                .SelectMany(n => n.Block ?? [])
                .Where(n => n.Kind == CaddyNodeKind.Directive),
        ];
        return document.Problem is null
            && lines.Length > 0
            && Array.TrueForAll(lines, l => (IsDirective(l.Name) || l.Name.StartsWith('@')) && !l.Tokens[^1].Text.EndsWith(';'));
    }

    /// <inheritdoc/>
    public ImportResult Import(ImportRequest request)
    {
        request = CaddyLabelFiles.Unfold(request);
        var ledger = new ImportLedger();
        var tree = new SourceTree(request, ledger);
        List<SourceLine> top = tree.Read();
        string first = request.Files.Count > 0 ? request.Files[0].Name : "";
        if (tree.Error is not null)
        {
            return new ImportResult { Error = tree.Error };
        }

        OutputMap spec = Spec(top);
        if (spec["sites"] is null)
        {
            return new ImportResult { Error = $"{first}: there is no site in it that a spec can have", Directives = ledger.Close() };
        }

        return new ImportResult { Spec = OutputWriter.Write(spec), Directives = ledger.Close() };
    }

    /// <inheritdoc/>
    public StagedOriginal Stage(ImportRequest request, IStagingPlaces places) =>
        new CaddyStaging(CaddyLabelFiles.Unfold(request), places).Stage();

    private static bool IsDirective(string name) => CaddyCatalogue.Standard.Directives.Find(name) is not null;

    private static OutputMap Spec(List<SourceLine> top)
    {
        var spec = new OutputMap { IsRoot = true };
        var options = new GlobalOptions();
        foreach (SourceLine block in top.Where(l => l.Kind == CaddyNodeKind.GlobalOptions))
        {
            options.Read(block, spec);
        }

        Dictionary<string, SourceLine> named = top.Where(l => l.Kind == CaddyNodeKind.NamedRoute)
            .DistinctBy(l => l.Name)
            .ToDictionary(l => l.Name[2..^1], StringComparer.Ordinal);
        var reading = new ReadingState(options, new UpstreamTable(), spec, named);
        SiteReader[] sites = [.. top.Where(l => l.Kind == CaddyNodeKind.Site).Select(l => new SiteReader(reading, l))];
        SiteAddress[] all = [.. sites.SelectMany(s => s.Addresses)];
        HashSet<string> plain = [.. all.Where(a => !a.HasTls && a.Port == options.HttpPort).Select(a => a.Host)];
        HashSet<string> usual = [.. all.Where(a => a.HasTls && a.Port == options.HttpsPort).Select(a => a.Host)];
        var list = new OutputList(sites.SelectMany(s => s.Read(plain, usual)));
        if (list.Items.Count > 0)
        {
            spec.Set("sites", list);
            SpecTidying.Tidy(spec, reading.Upstreams);
        }

        options.DefaultBind?.TuneAll("every site has its own");
        options.Http3?.TuneAll("no site has TLS");
        foreach (SourceLine line in top.SelectMany(l => l.All).Where(l => l.Name.StartsWith('@')))
        {
            line.TuneAll("no directive uses it");
        }

        foreach (SourceLine route in named.Values)
        {
            route.TuneAll("nothing invokes it");
        }

        return spec;
    }
}

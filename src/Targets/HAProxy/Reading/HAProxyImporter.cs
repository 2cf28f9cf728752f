using Confgen.Targets.Importing;
using Confgen.Targets.Importing.Output;

namespace Confgen.Targets.HAProxy.Reading;

/// <summary>Reads HAProxy's configuration: each line of it has a fate.</summary>
public sealed class HAProxyImporter : IImporter
{
    /// <inheritdoc/>
    public string Name => "haproxy";

    /// <inheritdoc/>
    public bool Recognizes(string name, string text) =>
        name.EndsWith("haproxy.cfg", StringComparison.Ordinal)
        || text.Split('\n').Count(static line => line.Split(' ', '\t', '\r')[0] is "frontend" or "backend" or "listen" or "defaults") > 1;

    /// <inheritdoc/>
    public ImportResult Import(ImportRequest request)
    {
        var ledger = new ImportLedger();
        SourceTree tree = SourceTree.Read(request, ledger);
        if (tree.Error is not null)
        {
            return new ImportResult { Error = tree.Error };
        }

        var spec = new OutputMap { IsRoot = true };
        var sites = new OutputList();
        var upstreams = new UpstreamTable();
        foreach (OutputMap site in Sites(tree, upstreams))
        {
            sites.Add(site);
        }

        if (sites.Items.Count > 0)
        {
            spec.Set("sites", sites);
            SpecTidying.Tidy(spec, upstreams);
        }

        foreach (SourceSection section in tree.Sections)
        {
            CommonFates.Settle(section);
        }

        return sites.Items.Count == 0
            ? new ImportResult
            {
                Error = $"{request.Files[0].Name}: there is no frontend in it that a spec can have",
                Directives = ledger.Close(),
            }
            : new ImportResult { Spec = OutputWriter.Write(spec), Directives = ledger.Close() };
    }

    private static List<OutputMap> Sites(SourceTree tree, UpstreamTable upstreams)
    {
        var backends = new Dictionary<string, BackendReader>(StringComparer.Ordinal);
        BackendReader? BackendOf(string name)
        {
            if (!backends.TryGetValue(name, out BackendReader? reader) && tree.Find(name, "backend", "listen") is { IsHttp: true } found)
            {
                reader = backends[name] = new BackendReader(found, upstreams);
            }

            return reader;
        }

        FrontendReader[] frontends =
        [
            .. tree
                .Sections.Where(static section => section.Kind is "frontend" or "listen" && section.IsHttp)
                .Select(section => new FrontendReader(section, BackendOf, name => tree.Find(name, "userlist"))),
        ];
        OutputMap[] secure = [.. frontends.SelectMany(static frontend => frontend.Sites(tls: true))];
        FrontendReader[] redirecting = [.. frontends.Where(frontend => secure.Length > 0 && frontend.PlainRedirect is not null)];
        foreach (OutputMap site in secure)
        {
            Redirect(site, redirecting);
        }

        return [.. secure, .. frontends.Except(redirecting).SelectMany(static frontend => frontend.Sites(tls: false))];
    }

    private static void Redirect(OutputMap site, FrontendReader[] redirecting)
    {
        if (redirecting is not [{ PlainRedirect: { } rule } first, ..])
        {
            site.Word("redirect_http", "false");
            return;
        }

        string status = string.Create(null, $"{rule.HttpsStatus}");
        OutputNode place;
        if (first.Binds.Port(tls: false) is { } port && port != "80")
        {
            OutputMap map = site.Map("redirect_http");
            map.Word("port", port);
            place = map.Word("status", status);
        }
        else
        {
            place = site.Word("redirect_http", status);
        }

        foreach (FrontendReader frontend in redirecting)
        {
            frontend.PlainRedirect?.Line.Entry.Say(place);
            frontend.Binds.SayPlain(place);
        }
    }
}

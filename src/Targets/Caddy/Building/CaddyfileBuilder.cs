using Confgen.Compiler.Language;
using Confgen.Compiler.Rendering;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Acme;
using Confgen.Model.Sources;
using Confgen.Targets.Caddy.Syntax;
using Confgen.Targets.Caddy.Views;
using Confgen.Targets.Raw;

namespace Confgen.Targets.Caddy.Building;

/// <summary>Builds what the templates see of a whole spec.</summary>
internal static class CaddyfileBuilder
{
    /// <summary>
    /// The most routes of a spec whose constant text is imported. An import copies all words of the file, so that the time Caddy needs to
    /// read it grows with the product of both.
    /// </summary>
    private const int MostRoutes = 100;

    /// <summary>The first release that leaves the snippets of an imported file as they are until they are imported themselves.</summary>
    private static readonly CaddyVersion _snippetsKeptSince = new(7);

    /// <summary>The view of a spec.</summary>
    /// <param name="context">The spec, and where what can't be written is reported.</param>
    /// <param name="version">The release.</param>
    /// <param name="mayImport">Whether snippets may be imported.</param>
    public static CaddyfileView Build(RenderContext context, CaddyVersion version, bool mayImport = true)
    {
        Spec spec = context.Spec;
        bool imports = mayImport && spec.Sites.Sum(static site => site.Routes.Count + 1) <= MostRoutes;
        int depth = context.Layout == Layout.Include ? 1 : 0;
        var texts = new CaddyQuoter(context, version, depth);
        var inner = new CaddyQuoter(
            context,
            version,
            !imports ? depth
                : version >= _snippetsKeptSince ? 1
                : depth + 1
        );
        var listeners = new Listeners(spec);
        var program = ProgramBuilder.Of(version, imports);
        var logs = new AccessLogs(texts, spec);
        var snippets = new UpstreamSnippets(imports);
        ClientsView? clients = Clients(texts, spec);
        var sites = new SiteBuilder(texts, inner, snippets, listeners, logs, clients, program);
        string? email = context.Settings.Text("email");
        AcmeSettings acme = spec.Acme;
        List<SiteView> built = [.. ErrorScopes.Close([.. spec.Sites.SelectMany(sites.Build, static (site, view) => (site, view))])];
        return new CaddyfileView
        {
            Program = program,
            HoldsConstants = imports && context.SingleFile,
            WrittenOut = !imports,
            Email = email is not null
                ? texts.Argument(email, context.Settings.At.Of("email"))
                : Argument(texts, acme.Email, acme.At.Of(AcmeFields.Email)),
            AcmeCa = acme.At.Wrote(AcmeFields.Ca) ? texts.Argument(acme.Ca, acme.At.Of(AcmeFields.Ca)) : null,
            AcmeCaRoot = Argument(texts, acme.CaRoot, acme.At.Of(AcmeFields.CaRoot)),
            AcmeKeyId = Argument(texts, acme.Eab?.KeyId, acme.At.Of(AcmeFields.Eab)),
            AcmeMacKey = Argument(texts, acme.Eab?.MacKey, acme.At.Of(AcmeFields.Eab)),
            Raw = RawOutput.TextOf(spec.Raw.Of("caddy")),
            OwnRedirects = listeners.HasTls,
            InternalCertificates = listeners.HasInternalCertificates,
            DefaultSni = listeners.DefaultSni,
            HasFallbackSni = version >= Listeners.FallbackSniSince && listeners.WithoutFallback.Any(),
            Servers = listeners.Options(texts.KnowsClients ? texts.TrustedProxies : null),
            Clients = clients,
            Sites = built,
            Upstreams = snippets.All,
            CatchAllSites = [.. listeners.CatchAllSites(texts, logs)],
        };
    }

    private static string? Argument(CaddyQuoter texts, string? text, SourceSpan span) => text is null ? null : texts.Argument(text, span);

    private static ClientsView? Clients(CaddyQuoter texts, Spec spec) =>
        texts.TrustedProxies is not { } trusted
            ? null
            : new()
            {
                TrustedProxies = trusted,
                ForwardedClient = texts.KnowsClients ? null : AddressPattern.LastOutside(spec.TrustedProxies),
            };
}

using Confgen.Compiler.Language;
using Confgen.Compiler.Rendering;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;
using Confgen.Model.Sites;
using Confgen.Model.Sources;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;

namespace Confgen.Targets.PyServe;

/// <summary>Reports what no single field says by itself.</summary>
internal static class PyServeCheck
{
    public static readonly Rule MissingCertificate = new(
        "CFG0607",
        "pyserve-missing-certificate",
        Severity.Warning,
        "PyServe would speak plain HTTP"
    )
    {
        Why =
            "Where a certificate's file is missing, PyServe writes a line to its log and serves plain HTTP on the port that was meant for "
            + "TLS. The file isn't on this machine; make sure that it is on the one that runs PyServe, or name it by a path relative to "
            + "the spec, which is checked.",
        Bad =
            "sites:\n  - host: _\n    tls: { cert: /nonexistent/a.pem, key: /nonexistent/a.key }\n    redirect_http: false\n"
            + "    proxy: http://127.0.0.1:3000\n",
        Good = "sites:\n  - host: _\n    listen: 8080\n    proxy: http://127.0.0.1:3000\n",
        Target = "pyserve",
    };

    public static void Run(RenderContext context)
    {
        Spec spec = context.Spec;
        foreach (Site site in spec.Sites.Skip(1))
        {
            context.Apply(PyServeCapabilities.OneSite, site.At.Span);
        }

        if (spec.Sites.Count == 0)
        {
            context.Apply(PyServeCapabilities.OneSite, spec.At.Span);
        }

        IEnumerable<UpstreamServer> servers = spec.Sites.SelectMany(s => s.Routes).SelectMany(r => r.Proxy?.Upstream.Servers ?? []);
        foreach (
            UpstreamServer server in servers
                .Where(s => s.Address.Scheme is ServerScheme.H2c or ServerScheme.Unix)
                .DistinctBy(s => s.At.Span)
        )
        {
            context.Apply(PyServeCapabilities.OnlyHttp, server.At.Of(ServerFields.Url));
        }

        foreach (Site site in spec.Sites)
        {
            CheckSite(context, site);
        }
    }

    private static void CheckSite(RenderContext context, Site site)
    {
        if (site is { Tls: not null, RedirectHttp: not null } && !site.At.Wrote(SiteFields.RedirectHttp))
        {
            context.Apply(PyServeCapabilities.ImplicitRedirect, site.At.Of(SiteFields.Tls));
        }

        CheckFile(context, site.Tls?.Cert, site.Tls?.At.Of(TlsFields.Cert));
        CheckFile(context, site.Tls?.Key, site.Tls?.At.Of(TlsFields.Key));

        if (!PyServeRoutes.Rules(site).Any(r => r.Path.IsEverything))
        {
            context.Apply(PyServeCapabilities.OpenFileSystem, site.At.Of(SiteFields.Routes));
        }

        foreach (Route route in site.Routes.Where(r => r.Action is RedirectAction && r.Path.Kind == PathMatcherKind.Exact))
        {
            if (PyServeRoutes.TakenBefore(site, route.Path.Text) is not null)
            {
                context.Apply(PyServeCapabilities.RedirectBehindRule, route.At.Of(RouteFields.Redirect));
            }
        }
    }

    private static void CheckFile(RenderContext context, string? file, SourceSpan? span)
    {
        if (file is not null && !context.Files.FileExists(file))
        {
            context.Report(
                MissingCertificate,
                span ?? SourceSpan.None,
                $"'{file}' is not on this machine: where it is missing, PyServe serves plain HTTP on this port"
            );
        }
    }
}

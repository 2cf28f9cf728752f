using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Sites;
using Confgen.Model.Sources;
using Confgen.Model.Units;

namespace Confgen.Compiler.Lint.Rules.Listeners;

/// <summary>The plain port of a site with TLS answers with its redirect, and with nothing else.</summary>
internal sealed class RedirectPortRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0203",
        "redirect-port-taken",
        Severity.Error,
        "The redirect to https needs a port that something else has"
    )
    {
        Why =
            "A site with TLS redirects plain requests on port 80 (`redirect_http`, on unless it says `false`). Another site can't answer "
            + "for the same host there, and the port can't be one with TLS.",
        Bad = """
            sites:
              - { host: a.example.com, tls: internal, proxy: "http://127.0.0.1:3000" }
              - { host: a.example.com, proxy: "http://127.0.0.1:3001" }

            """,
        Good = """
            sites:
              - { host: a.example.com, tls: internal, proxy: "http://127.0.0.1:3000" }
              - { host: b.example.com, proxy: "http://127.0.0.1:3001" }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        var plain = new Dictionary<(int Port, HostPattern Host), Site>();
        var secured = new Dictionary<int, Site>();
        foreach (Site site in spec.Sites)
        {
            foreach (ListenAddress listen in site.Listen.Where(l => l.SocketPath is null))
            {
                if (site.Tls is not null)
                {
                    secured.TryAdd(listen.Port, site);
                    continue;
                }

                foreach (HostPattern host in site.Hosts)
                {
                    plain.TryAdd((listen.Port, host), site);
                }
            }
        }

        var redirected = new Dictionary<(int Port, HostPattern Host), Site>();
        foreach (Site site in spec.Sites)
        {
            if (site.RedirectHttp is { } redirect && !CheckPort(context, site, redirect, secured))
            {
                foreach (HostPattern host in site.Hosts)
                {
                    CheckHost(context, site, redirect, host, plain, redirected);
                }
            }
        }
    }

    private static bool CheckPort(LintContext context, Site site, HttpsRedirect redirect, Dictionary<int, Site> secured)
    {
        if (!secured.TryGetValue(redirect.Port, out Site? other))
        {
            return false;
        }

        if (other == site && site.At.Wrote(SiteFields.Listen))
        {
            ListenAddress[] others = [.. site.Listen.Where(l => l.SocketPath is not null || l.Port != redirect.Port)];
            string left = others.Length switch
            {
                0 => "443",
                1 => Written(others[0]),
                _ => $"[{string.Join(", ", others.Select(Written))}]",
            };
            SourceSpan listen = site.At.Of(SiteFields.Listen);
            context.Report(
                listen,
                $"port {redirect.Port} is for plain HTTP, and this site has TLS",
                Advice.Replace(listen, left, $"write 'listen: {left}': port {redirect.Port} redirects to https by itself")
            );
            return true;
        }

        context.Report(
            site.At.Of(site.At.Wrote(SiteFields.RedirectHttp) ? "redirect_http" : "tls"),
            $"the redirect from http needs port {redirect.Port}, which has TLS",
            "add 'redirect_http: false', or 'redirect_http: { port: ... }'",
            new RelatedSpan(other.At.Of(SiteFields.Listen), "TLS on this port")
        );
        return true;
    }

    private static string Written(ListenAddress listen) =>
        listen.ToString() is var text && text.All(char.IsAsciiDigit) ? text : $"\"{text}\"";

    private static void CheckHost(
        LintContext context,
        Site site,
        HttpsRedirect redirect,
        HostPattern host,
        Dictionary<(int Port, HostPattern Host), Site> plain,
        Dictionary<(int Port, HostPattern Host), Site> redirected
    )
    {
        if (plain.TryGetValue((redirect.Port, host), out Site? other))
        {
            context.Report(
                site.At.Of(site.At.Wrote(SiteFields.RedirectHttp) ? "redirect_http" : "host"),
                $"'{host}' on port {redirect.Port} would redirect to https, but another site answers there",
                "add 'redirect_http: false' here, or remove the plain site",
                new RelatedSpan(other.At.Of(SiteFields.Host), "the plain site")
            );
        }
        else if (
            !redirected.TryAdd((redirect.Port, host), site)
            && redirected[(redirect.Port, host)] is var first
            && (first.RedirectPort() != site.RedirectPort() || first.RedirectHttp != redirect)
        )
        {
            context.Report(
                site.At.Of(site.At.Wrote(SiteFields.RedirectHttp) ? "redirect_http" : "host"),
                $"'{host}' on port {redirect.Port} would redirect to port {site.RedirectPort()}, but another site redirects it to port "
                    + $"{first.RedirectPort()}",
                "add 'redirect_http: false' to one of the two sites",
                new RelatedSpan(first.At.Of(SiteFields.Host), "the other site")
            );
        }
    }
}

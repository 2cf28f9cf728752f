using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;

namespace Confgen.Compiler.Lint.Rules.Guards;

/// <summary>The upstream believes the user's name in a header; somebody must see to it that it is the auth server's.</summary>
internal sealed class ForwardAuthWithoutHeadersRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0324",
        "forward-auth-without-headers",
        Severity.Info,
        "An auth server whose response the upstream never learns"
    )
    {
        Why =
            "Applications behind an auth server take the user's name from a header, `Remote-User` for most. Without `copy_headers` the "
            + "upstream gets no such header from the auth server, and one that the client made up goes through. List the headers, or "
            + "remove them from the request.",
        Bad = """
            sites:
              - host: app.internal
                proxy: http://127.0.0.1:3000
                forward_auth: { url: "http://127.0.0.1:9091/verify" }

            """,
        Good = """
            sites:
              - host: app.internal
                proxy: http://127.0.0.1:3000
                forward_auth: { url: "http://127.0.0.1:9091/verify", copy_headers: [Remote-User] }

            """,
    };

    private static readonly string[] _identities = ["Remote-User", "X-Remote-User", "X-Forwarded-User", "X-Auth-Request-User"];

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach ((Model.Sites.Site site, Route route, _) in spec.ProxyRoutes())
        {
            if (route.ForwardAuth is { CopyHeaders.Count: 0 } auth && !Removes(site.Headers) && !Removes(route.Headers))
            {
                context.Report(
                    auth.At.Span,
                    "the upstream learns nothing of the auth server's response, and believes the client's own headers",
                    "add 'copy_headers: [Remote-User]', with the names that your application reads"
                );
            }
        }
    }

    private static bool Removes(HeaderRules rules) =>
        rules.Request.Remove.Any(h => _identities.Contains(h.Name, StringComparer.OrdinalIgnoreCase))
        || rules.Request.Set.Any(h => _identities.Contains(h.Name, StringComparer.OrdinalIgnoreCase));
}

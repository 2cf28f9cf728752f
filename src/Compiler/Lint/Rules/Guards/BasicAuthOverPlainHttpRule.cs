using Confgen.Compiler.Lint.Rules.Listeners;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;
using Confgen.Model.Sites;

namespace Confgen.Compiler.Lint.Rules.Guards;

/// <summary>Basic authentication sends the password itself, with every request.</summary>
internal sealed class BasicAuthOverPlainHttpRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0321",
        "basic-auth-over-plain-http",
        Severity.Warning,
        "Passwords that cross the network in plain text"
    )
    {
        Why =
            "With basic authentication (RFC 7617) the browser sends the password, merely encoded, with every request; without TLS "
            + "everybody on the way reads it. Add `tls:`. Where TLS ends in front of this proxy, name that peer in `trusted_proxies`; a "
            + "site on 127.0.0.1 is not asked for TLS.",
        Bad = """
            sites:
              - host: a.example.com
                proxy: http://127.0.0.1:3000
                basic_auth: { users: { alice: "$2y$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy" } }

            """,
        Good = """
            sites:
              - host: a.example.com
                tls: internal
                hsts: {}
                proxy: http://127.0.0.1:3000
                basic_auth: { users: { alice: "$2y$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy" } }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        if (spec.TrustedProxies.Count > 0)
        {
            return;
        }

        foreach ((Site site, Route route) in spec.Routes())
        {
            if (site.Tls is null && route.BasicAuth is { } auth && !site.Listen.All(l => l.IsLocal()))
            {
                context.Report(
                    auth.At.Span,
                    "passwords for this route are sent in plain text",
                    "add 'tls' to the site, or name the peer that has it in 'trusted_proxies'"
                );
            }
        }
    }
}

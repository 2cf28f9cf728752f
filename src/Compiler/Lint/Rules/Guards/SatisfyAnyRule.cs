using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;
using Confgen.Model.Sources;

namespace Confgen.Compiler.Lint.Rules.Guards;

/// <summary>Which one of the guards is enough must be clear.</summary>
internal sealed class SatisfyAnyRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0218",
        "unclear-satisfy",
        Severity.Error,
        "A `satisfy: any` that doesn't say who needs no credentials"
    )
    {
        Why =
            "With `satisfy: any` the addresses of `allow` need no credentials, and all others do. Without an `allow` no client would pass "
            + "by its address, and the clients that `deny` names would get in with a password all the same. With both `basic_auth` and "
            + "`forward_auth` programs disagree on which one asks.",
        Bad = """
            sites:
              - host: a.example.com
                proxy: http://127.0.0.1:3000
                satisfy: any
                deny: [10.0.0.9]
                forward_auth: { url: "http://127.0.0.1:9091/verify", copy_headers: [Remote-User] }

            """,
        Good = """
            sites:
              - host: a.example.com
                proxy: http://127.0.0.1:3000
                satisfy: any
                allow: [10.0.0.0/8]
                deny: [10.0.0.9]
                forward_auth: { url: "http://127.0.0.1:9091/verify", copy_headers: [Remote-User] }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        var told = new HashSet<SourceSpan>();
        foreach ((_, Route route) in spec.Routes().Where(static r => r.Route.Access.IsEnough))
        {
            bool asks = route.BasicAuth is not null || route.ForwardAuth is not null;
            SourceSpan at = route.Access.At.Of(RouteFields.Satisfy);
            if (asks && route.Access.Allow.Count == 0 && told.Add(at))
            {
                context.Report(
                    at,
                    "no address is enough: there is no 'allow'",
                    "add 'allow' with the addresses that need no credentials, or leave 'satisfy' out"
                );
            }
            else if (route is { AddressIsEnough: true, BasicAuth: not null, ForwardAuth: not null } && told.Add(at))
            {
                context.Report(at, "both 'basic_auth' and 'forward_auth' would ask the others", "leave one of them out, or 'satisfy'");
            }
        }
    }
}

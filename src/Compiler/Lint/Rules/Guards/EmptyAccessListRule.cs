using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Guards;
using Confgen.Model.Routes;

namespace Confgen.Compiler.Lint.Rules.Guards;

/// <summary>Someone may.</summary>
internal sealed class EmptyAccessListRule : LintRule
{
    public static readonly Rule Definition = new("CFG0216", "nobody-may", Severity.Error, "An access list that lets nobody in")
    {
        Why =
            "`deny` goes before `allow`: whoever is denied stays outside, even if allowed. Here every allowed address is denied too. "
            + "People who know nginx write `deny: [0.0.0.0/0]` behind their `allow`; leave it out, since with an `allow` everyone else is "
            + "denied anyway.",
        Bad = """
            sites:
              - host: a.example.com
                proxy: http://127.0.0.1:3000
                allow: [10.0.0.0/8]
                deny: [0.0.0.0/0]

            """,
        Good = """
            sites:
              - host: a.example.com
                proxy: http://127.0.0.1:3000
                allow: [10.0.0.0/8]

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        AddressAccess? last = null;
        foreach ((_, Route route) in spec.Routes())
        {
            AddressAccess access = route.Access;
            if (ReferenceEquals(access, last) || access.Allow.Count == 0 || access.Deny.Count == 0)
            {
                continue;
            }

            last = access;
            if (access.Allow.All(a => access.Deny.Any(d => d.Contains(a))))
            {
                context.Report(
                    access.At.Of("deny"),
                    "every address that is allowed is denied too",
                    "leave 'deny' out: with an 'allow', everyone else is denied anyway"
                );
            }
        }
    }
}

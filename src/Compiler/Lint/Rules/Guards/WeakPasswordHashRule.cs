using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Guards;
using Confgen.Model.Routes;

namespace Confgen.Compiler.Lint.Rules.Guards;

/// <summary>A hash must be slow.</summary>
internal sealed class WeakPasswordHashRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0322",
        "weak-password-hash",
        Severity.Warning,
        "A password hash that is guessed quickly"
    )
    {
        Why =
            "`{SHA}` is one round of SHA-1 without a salt, and `$apr1$` a thousand rounds of MD5: who gets to see the spec tries "
            + "thousands of millions of passwords a second. bcrypt is made to be slow, and every target takes it: `htpasswd -nB -C 10 "
            + "NAME`.",
        Bad = """
            sites:
              - host: a.example.com
                tls: internal
                hsts: {}
                proxy: http://127.0.0.1:3000
                basic_auth: { users: { alice: "{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=" } }

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
        BasicAuth? last = null;
        foreach ((_, Route route) in spec.Routes())
        {
            if (route.BasicAuth is not { } auth || ReferenceEquals(auth, last))
            {
                continue;
            }

            last = auth;
            foreach (
                BasicAuthUser user in auth.Users.Where(u =>
                    u.Hash.StartsWith("{SHA}", StringComparison.Ordinal) || u.Hash.StartsWith("$apr1$", StringComparison.Ordinal)
                )
            )
            {
                context.Report(
                    user.At.Span,
                    $"the password hash of '{user.Name}' is guessed quickly",
                    $"make a bcrypt hash: htpasswd -nB -C 10 {user.Name}"
                );
            }
        }
    }
}

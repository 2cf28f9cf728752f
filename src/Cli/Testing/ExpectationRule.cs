using Confgen.Model.Diagnostics;

namespace Confgen.Cli.Testing;

/// <summary>The rule that a failing expectation is reported by.</summary>
internal static class ExpectationRule
{
    public static readonly Rule Failed = new(
        "CFG0700",
        "expectation-failed",
        Severity.Error,
        "A request gets something else than its author expects"
    )
    {
        Why =
            "The spec's own `tests:` say what single requests get, and `confgen test` compares that with what the spec says. Either the "
            + "spec is wrong, or the expectation; `confgen explain URL` tells every step.",
        Bad =
            "sites:\n  - host: a.test\n    routes:\n      - { path: /api, proxy: \"http://127.0.0.1:3000\", strip_prefix: true }\ntests:\n"
            + "  - get: http://a.test/api/users\n    expect: { target: /api/users }\n",
        Good =
            "sites:\n  - host: a.test\n    routes:\n      - { path: /api, proxy: \"http://127.0.0.1:3000\", strip_prefix: true }\ntests:\n"
            + "  - get: http://a.test/api/users\n    expect: { target: /users }\n",
    };
}

using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;
using Confgen.Model.Units;

namespace Confgen.Compiler.Lint.Rules.Matrix;

/// <summary>A homeserver uploads media and waits for events.</summary>
internal sealed class MatrixLimitsRule : LintRule
{
    private const long Upload = 50_000_000;
    private static readonly TimeSpan _sync = TimeSpan.FromSeconds(35);

    public static readonly Rule Definition = new(
        "CFG0373",
        "matrix-limits",
        Severity.Warning,
        "Limits that a Matrix homeserver's clients run into"
    )
    {
        Why =
            "Homeservers allow uploads of 50 MB and more, and `/sync` is held open for 30 s until something happens. A smaller `max_body` "
            + "or a shorter `timeouts.read` breaks sending pictures, or makes clients reconnect without end.",
        Bad = """
            sites:
              - host: matrix.example.com
                routes:
                  - { path: /_matrix, proxy: "http://127.0.0.1:8008", timeouts: { read: 30s } }

            """,
        Good = """
            sites:
              - host: matrix.example.com
                routes:
                  - { path: /_matrix, proxy: "http://127.0.0.1:8008", timeouts: { read: 120s } }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach ((_, Route route, ProxyAction proxy) in spec.MatrixRoutes())
        {
            if (route.MaxBody is > 0 and < Upload)
            {
                context.Report(
                    route.At.Of(RouteFields.MaxBody),
                    $"uploads over {Sizes.Format(route.MaxBody)} are refused, and homeservers allow 50 MB and more",
                    "write 'max_body: 100MB'"
                );
            }

            if (proxy.ReadTimeout < _sync)
            {
                context.Report(
                    proxy.Timeouts.At.Of(TimeoutsFields.Read),
                    $"/sync waits for 30 s, and this gives up after {Durations.Format(proxy.ReadTimeout)}",
                    "write 'timeouts: { read: 120s }'"
                );
            }
        }
    }
}

using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;
using Confgen.Model.Units;

namespace Confgen.Compiler.Lint.Rules.Streaming;

/// <summary>A stream is flushed at once, or now and then, but not both.</summary>
internal sealed class FlushedStreamRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0344",
        "flush-interval-with-sse",
        Severity.Warning,
        "A flush interval beside `sse: true`"
    )
    {
        Why =
            "`sse: true` sends every event at once. A `flush_interval` beside it either changes nothing or delays the events, depending "
            + "on the program. Keep one of the two.",
        Bad = """
            sites:
              - { host: a.example.com, proxy: "http://127.0.0.1:3000", sse: true, flush_interval: 1s }

            """,
        Good = """
            sites:
              - { host: a.example.com, proxy: "http://127.0.0.1:3000", sse: true }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach ((_, Route route, ProxyAction proxy) in spec.ProxyRoutes())
        {
            if (proxy is { Sse: true, FlushInterval: { } interval } && interval > TimeSpan.Zero)
            {
                context.Report(
                    route.At.Of(RouteFields.FlushInterval),
                    $"'sse: true' flushes at once, this every {Durations.Format(interval)}",
                    "remove 'flush_interval'"
                );
            }
        }
    }
}

using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;
using Confgen.Model.Units;
using Confgen.Model.Upstreams;

namespace Confgen.Compiler.Lint.Rules.Upstreams;

/// <summary>A time-out that another one always comes before.</summary>
internal sealed class ContradictoryTimeoutsRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0226",
        "contradictory-timeouts",
        Severity.Warning,
        "A time-out that never runs out, because a shorter one does before"
    )
    {
        Why =
            "The route's `timeouts.read` (60 s unless written) bounds every silence of the upstream, the one before the head included. A "
            + "longer `response_header_timeout`, or a longer passive `latency`, is never reached. A health probe that may take longer "
            + "than the time between two probes runs into the next.",
        Bad = """
            upstreams:
              app:
                servers: ["http://127.0.0.1:3000"]
                response_header_timeout: 5m
            sites:
              - { host: a.example.com, proxy: app }

            """,
        Good = """
            upstreams:
              app:
                servers: ["http://127.0.0.1:3000"]
                response_header_timeout: 5m
            sites:
              - { host: a.example.com, proxy: app, timeouts: { read: 5m } }

            """,
    };

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        var longest = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);
        foreach ((_, _, ProxyAction proxy) in spec.ProxyRoutes())
        {
            string name = proxy.Upstream.Name;
            longest[name] = longest.TryGetValue(name, out TimeSpan known) && known > proxy.ReadTimeout ? known : proxy.ReadTimeout;
        }

        foreach (Upstream upstream in spec.Upstreams)
        {
            if (upstream.ActiveHealth is { } active && active.Timeout > active.Interval)
            {
                context.Report(
                    active.At.Of(active.At.Wrote(ActiveHealthFields.Timeout) ? "timeout" : "interval"),
                    $"a probe may take {Durations.Format(active.Timeout)}, and the next comes after {Durations.Format(active.Interval)}",
                    "make 'timeout' shorter than 'interval'"
                );
            }

            if (!longest.TryGetValue(upstream.Name, out TimeSpan read))
            {
                continue;
            }

            if (upstream.ResponseHeaderTimeout > read)
            {
                Report(context, upstream.At.Of(UpstreamFields.ResponseHeaderTimeout), read);
            }

            if (upstream.PassiveHealth is { Latency: { } latency } passive && latency > read)
            {
                Report(context, passive.At.Of(PassiveHealthFields.Latency), read);
            }
        }
    }

    private static void Report(LintContext context, Model.Sources.SourceSpan place, TimeSpan read) =>
        context.Report(
            place,
            $"no response takes that long: every route gives up after {Durations.Format(read)} of silence",
            "raise 'timeouts.read' of the routes, or shorten this"
        );
}

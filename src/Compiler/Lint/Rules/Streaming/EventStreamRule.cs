using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;

namespace Confgen.Compiler.Lint.Rules.Streaming;

/// <summary>An event stream must be said to be one.</summary>
internal sealed class EventStreamRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0340",
        "event-stream-without-sse",
        Severity.Warning,
        "A route that looks like an event stream, without `sse: true`"
    )
    {
        Why =
            "Server-sent events are silent for minutes and come in small pieces. Without `sse: true` the proxy may collect them in a "
            + "buffer, and ends the stream after `timeouts.read` of silence (60 s unless written). The rule goes by a path segment `sse`, "
            + "`eventsource` or `event-stream`, by the chat API of OpenAI and its like, and by a condition on `Accept: text/event-stream`.",
        Bad = """
            sites:
              - host: a.example.com
                routes:
                  - { path: /api/sse, proxy: "http://127.0.0.1:3000" }

            """,
        Good = """
            sites:
              - host: a.example.com
                routes:
                  - { path: /api/sse, proxy: "http://127.0.0.1:3000", sse: true }

            """,
    };

    private static readonly string[] _segments =
    [
        "sse",
        "eventsource",
        "event-source",
        "eventstream",
        "event-stream",
        "server-sent-events",
    ];

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach ((_, Route route, ProxyAction proxy) in spec.ProxyRoutes())
        {
            if (proxy.Sse || proxy.FlushInterval == TimeSpan.Zero)
            {
                continue;
            }

            bool named =
                route.Path.Kind != PathMatcherKind.Regex
                && (
                    route.Path.Text.Split('/').Any(s => _segments.Contains(s, StringComparer.OrdinalIgnoreCase))
                    || route.Path.Text.EndsWith("/v1/chat/completions", StringComparison.Ordinal)
                );
            if (
                named
                || route.Match.Headers.Any(h =>
                    h.Name.Equals("Accept", StringComparison.OrdinalIgnoreCase)
                    && h.Value.Text.Contains("text/event-stream", StringComparison.OrdinalIgnoreCase)
                )
            )
            {
                context.Report(
                    route.Path.At.Span.IsSome ? route.Path.At.Span : route.At.Span,
                    "this looks like an event stream, which is buffered and ends after a silence",
                    "add 'sse: true', or 'flush_interval: 0s' if it is none"
                );
            }
        }
    }
}

using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;
using Confgen.Model.Units;

namespace Confgen.Compiler.Lint.Rules.Streaming;

/// <summary>A WebSocket may be silent for long.</summary>
internal sealed class WebSocketIdleRule : LintRule
{
    private static readonly TimeSpan _short = TimeSpan.FromMinutes(5);

    public static readonly Rule Definition = new(
        "CFG0341",
        "websocket-idle-timeout",
        Severity.Warning,
        "A WebSocket route whose silent connections are cut"
    )
    {
        Why =
            "With `websocket: auto` an upgraded connection lives by the route's ordinary `timeouts.read`, 60 s unless written: a chat "
            + "without a word for a minute is cut off, and with `websocket: false` it never begins. `websocket: true` lets the connection "
            + "idle for an hour, while other requests keep their time-out. The rule goes by a path segment `ws`, `wss` or `websocket`.",
        Bad = """
            sites:
              - host: a.example.com
                routes:
                  - { path: /ws, proxy: "http://127.0.0.1:3000" }

            """,
        Good = """
            sites:
              - host: a.example.com
                routes:
                  - { path: /ws, proxy: "http://127.0.0.1:3000", websocket: true }

            """,
    };

    private static readonly string[] _segments = ["ws", "wss", "websocket", "websockets", "web-socket"];

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach ((_, Route route, ProxyAction proxy) in spec.ProxyRoutes())
        {
            if (
                route.Path.Kind == PathMatcherKind.Regex
                || !route.Path.Text.Split('/').Any(s => _segments.Contains(s, StringComparer.OrdinalIgnoreCase))
            )
            {
                continue;
            }

            if (proxy.WebSocket == WebSocketMode.Never)
            {
                context.Report(
                    route.Path.At.Span,
                    "this looks like a WebSocket, and 'websocket: false' forbids it",
                    "add 'websocket: true'"
                );
            }
            else if (proxy.UpgradedTimeout < _short)
            {
                context.Report(
                    route.Path.At.Span,
                    $"a WebSocket here is cut after {Durations.Format(proxy.UpgradedTimeout)} of silence",
                    "add 'websocket: true': it may then idle for an hour"
                );
            }
        }
    }
}

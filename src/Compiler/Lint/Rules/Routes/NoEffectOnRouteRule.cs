using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;

namespace Confgen.Compiler.Lint.Rules.Routes;

/// <summary>A field about forwarding in a route that forwards nothing.</summary>
internal sealed class NoEffectOnRouteRule : LintRule
{
    public static readonly Rule Definition = new(
        "CFG0223",
        "no-effect-on-route",
        Severity.Warning,
        "A field that changes nothing in this route"
    )
    {
        Why =
            "Timeouts, body limits, upgrades and request headers are about a request on its way to an upstream. A route that responds by "
            + "itself sends none, and fields of a response and error pages have no place where the connection is closed without one.",
        Bad = """
            sites:
              - host: a.example.com
                routes:
                  - { path: /docs, files: /var/www/html, timeouts: { read: 5m } }

            """,
        Good = """
            sites:
              - host: a.example.com
                routes:
                  - { path: /docs, files: /var/www/html }

            """,
    };

    private static readonly string[] _ofForwarding = ["timeouts", "websocket"];
    private static readonly string[] _ofResponses = ["cache_control", "cors"];

    public override Rule Rule => Definition;

    public override void Check(Spec spec, LintContext context)
    {
        foreach ((_, Route route) in spec.Routes())
        {
            if (route.Action is ProxyAction)
            {
                continue;
            }

            bool closes = route.Action is CloseAction;
            string action = closes ? "respond: close" : route.Action.Field;
            foreach (string field in _ofForwarding.Concat(closes ? _ofResponses : []).Where(f => route.WroteItself(f)))
            {
                context.Report(route.At.Of(field), $"'{field}' changes nothing in a route with '{action}'", "remove it");
            }

            if (closes && !route.Headers.Response.IsEmpty)
            {
                context.Report(
                    route.Headers.Response.At.Span,
                    $"response headers change nothing in a route with '{action}': there is no response",
                    "remove them"
                );
            }

            if (!route.Headers.Request.IsEmpty)
            {
                context.Report(
                    route.Headers.Request.At.Span,
                    $"request headers change nothing in a route with '{action}'",
                    closes ? "remove them" : "remove them, or use 'response'"
                );
            }

            if (route is { Rewrite: not null, Action: RespondAction or CloseAction or RedirectAction })
            {
                context.Report(
                    route.Rewrite.At.Span,
                    $"rewriting changes nothing in a route with '{action}'",
                    "remove it; the placeholders are the request's own"
                );
            }
        }
    }
}

using System.Net;
using System.Text;
using Confgen.Runtime.Exchanges;
using Confgen.Runtime.Messages;
using Confgen.Runtime.Observing;

namespace Confgen.Runtime.Admin;

/// <summary>The operator's paths: <c>/</c>, <c>/status</c>, <c>/healthz</c>, <c>/metrics</c> and <c>/config</c>.</summary>
/// <param name="address">Where it is asked.</param>
/// <param name="isReady">Whether the proxy takes requests: it has a spec, and is not about to end.</param>
/// <param name="trouble">Says what the operator should look at while requests are taken, a line each; empty where there is nothing.</param>
/// <param name="metrics">Writes the page of counts.</param>
/// <param name="config">Writes what is served.</param>
/// <param name="status">Writes what the page shows.</param>
internal sealed class AdminHandler(
    AdminAddress address,
    Func<bool> isReady,
    Func<string> trouble,
    Func<string> metrics,
    Func<string> config,
    Func<string> status
) : IRequestHandler
{
    /// <inheritdoc/>
    public ValueTask HandleAsync(Exchange exchange)
    {
        Request request = exchange.Request;
        if (!IsAllowed(request.Authority))
        {
            return ResponseAsync(exchange, 403, "text/plain; charset=utf-8", "ask by the address\n");
        }

        if (request.Method is not ("GET" or "HEAD"))
        {
            return ResponseAsync(exchange, 405, "text/plain; charset=utf-8", "");
        }

        return request.Target.Split('?')[0] switch
        {
            "/healthz" => isReady()
                ? ResponseAsync(exchange, 200, "text/plain; charset=utf-8", "ok\n" + trouble())
                : ResponseAsync(exchange, 503, "text/plain; charset=utf-8", "not ready\n"),
            "/metrics" => ResponseAsync(exchange, 200, MetricsPage.ContentType, metrics()),
            "/" => ResponseAsync(exchange, 200, "text/html; charset=utf-8", StatusPage.Html),
            "/status" => ResponseAsync(exchange, 200, "application/json", status()),
            "/config" => ResponseAsync(exchange, 200, "application/json", config()),
            _ => ResponseAsync(exchange, 404, "text/plain; charset=utf-8", "/, /status, /healthz, /metrics and /config are here\n"),
        };
    }

    /// <inheritdoc/>
    public void NoteRefused(int status)
    {
        // Nobody counts these.
    }

    // A page in the operator's browser can give its own name the address 127.0.0.1, and would then read this as its own (DNS rebinding).
    private bool IsAllowed(string authority)
    {
        int colon = authority.LastIndexOf(':');
        string host = colon > authority.LastIndexOf(']') ? authority[..colon] : authority;
        return address.IsPublic
            || address.EndPoint is not IPEndPoint
            || host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || IPAddress.TryParse(host, out _);
    }

    private static async ValueTask ResponseAsync(Exchange exchange, int status, string contentType, string text)
    {
        byte[] body = Encoding.UTF8.GetBytes(text);
        Response response = exchange.Response;
        response.Reset(status);
        response.Fields.Add("Content-Type"u8, Encoding.Latin1.GetBytes(contentType));
        response.Fields.Add("Cache-Control"u8, "no-store"u8);
        response.Fields.Add("X-Content-Type-Options"u8, "nosniff"u8);
        response.Fields.Add("Content-Security-Policy"u8, Encoding.Latin1.GetBytes(StatusPage.Policy));
        response.Length = body.Length;
        response.HasBody = !exchange.Request.IsHead && body.Length > 0;
        exchange.Begin();
        await exchange.WriteAsync(exchange.Request.IsHead ? default : body);
        await exchange.EndAsync(null);
    }
}

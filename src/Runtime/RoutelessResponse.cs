using System.Text;
using Confgen.Runtime.Exchanges;

namespace Confgen.Runtime;

/// <summary>Responses to requests that no route takes: no rules hold for them.</summary>
internal static class RoutelessResponse
{
    /// <summary>Responds with a status alone, or sends the client elsewhere; a connection whose request is invalid ends.</summary>
    public static async ValueTask RefuseAsync(Exchange exchange, int status, string? location = null)
    {
        exchange.Response.Reset(status);
        if (status == 400)
        {
            exchange.CloseAfterResponse();
        }

        if (location is not null)
        {
            exchange.Response.Fields.Add("Location"u8, Encoding.Latin1.GetBytes(location));
        }

        exchange.Begin();
        await exchange.EndAsync(null);
    }

    /// <summary>Shows an ACME authority the proof that it looks for (RFC 8555, section 8.3).</summary>
    public static async ValueTask ProveAsync(Exchange exchange, string proof)
    {
        byte[] body = Encoding.ASCII.GetBytes(proof);
        exchange.Response.Reset(200);
        exchange.Response.Fields.Add("Content-Type"u8, "application/octet-stream"u8);
        exchange.Response.Length = body.Length;
        exchange.Response.HasBody = !exchange.Request.IsHead;
        exchange.Begin();
        await exchange.WriteAsync(exchange.Request.IsHead ? default : body);
        await exchange.EndAsync(null);
    }
}

using System.Text;
using Confgen.Cli.Testing.OnPrograms;

namespace Confgen.Cli.Importing.Proving;

/// <summary>What the mocks in place of the upstreams send.</summary>
internal static class ProbeUpstream
{
    /// <summary>The response of a server, or of a script where the request is one for it.</summary>
    public static byte[] RespondAny(MessageHead request) =>
        request["SCRIPT_FILENAME"] is null ? Respond(request) : ProbeScripts.Respond(request);

    /// <summary>The response to a request, as its <see cref="Probe.Ask"/> says.</summary>
    public static byte[] Respond(MessageHead request)
    {
        if (request["Upgrade"] is not null)
        {
            return Bytes(
                "101 Switching Protocols",
                "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzhZRbK+xOo0=\r\n",
                ""
            );
        }

        return request[Probe.Ask] switch
        {
            "stream" => Bytes("200 OK", "Content-Type: text/event-stream\r\nConnection: close\r\n", "data: 1\n\ndata: 2\n\n"),
            "404" => Bytes("404 Not Found", "Content-Type: text/html\r\nContent-Length: 5\r\nConnection: close\r\n", "none\n"),
            "500" => Bytes("500 Internal Server Error", "Content-Type: text/html\r\nContent-Length: 6\r\nConnection: close\r\n", "wrong\n"),
            "redirect" => Bytes(
                "302 Found",
                "Location: /there?x=1\r\nSet-Cookie: s=1; Path=/app; HttpOnly\r\nContent-Length: 0\r\nConnection: close\r\n",
                ""
            ),
            "fields" => Bytes(
                "200 OK",
                "Content-Type: text/html\r\nCache-Control: no-store\r\nX-Powered-By: mock\r\nX-Frame-Options: DENY\r\n"
                    + "Strict-Transport-Security: max-age=1\r\nVary: Accept\r\nETag: \"e\"\r\nContent-Length: 3\r\nConnection: close\r\n",
                "ok\n"
            ),
            _ => Bytes("200 OK", "Content-Type: text/plain\r\nContent-Length: 3\r\nConnection: close\r\n", "ok\n"),
        };
    }

    private static byte[] Bytes(string status, string fields, string body) =>
        Encoding.Latin1.GetBytes($"HTTP/1.1 {status}\r\n{fields}\r\n{body}");
}

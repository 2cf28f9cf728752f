using System.Text;

namespace Confgen.Conformance.Tests.Grid;

/// <summary>The one spec of a batch: each route with each upstream, over plain HTTP and TLS, with and without compression.</summary>
internal static class GridSpec
{
    public const string Host = "a.test";
    public const string CompressingHost = "b.test";
    public const string Credentials = "YWxpY2U6c2VjcmV0";
    public const string ErrorPage = "our own page\n";

    /// <summary>The path below which a route is found.</summary>
    public static string PathOf(GridCase told) =>
        $"/{told.Upstream}/{(told.Route == GridRoute.Compressed ? GridRoute.Plain : told.Route)}".ToLowerInvariant();

    /// <summary>Whether a program can have a route: HAProxy serves no files, and asks no auth server.</summary>
    public static bool Has(string program, GridRoute route) =>
        program != "haproxy" || route is not (GridRoute.Authorized or GridRoute.Unauthorized or GridRoute.Files);

    /// <summary>Writes a spec.</summary>
    /// <param name="upstreams">The URLs of the upstreams.</param>
    /// <param name="ports">The ports: plain, TLS.</param>
    /// <param name="folder">Where the files are that are served.</param>
    /// <param name="certificates">Where the certificates are.</param>
    /// <param name="mark">A response field's value, by which a changed spec is told from the first one.</param>
    /// <param name="program">The program that is to run it.</param>
    public static string Write(
        IReadOnlyDictionary<GridUpstream, string> upstreams,
        (int Plain, int Tls) ports,
        string folder,
        string certificates,
        string mark,
        string program
    )
    {
        var text = new StringBuilder("upstreams:\n");
        foreach ((GridUpstream kind, string url) in upstreams)
        {
            string tls = kind == GridUpstream.Tls ? $", tls: {{ ca: {certificates}/ca.pem, server_name: upstream.test }}" : "";
            text.AppendLine(kind == GridUpstream.Tunnel ? "" : $"  {kind.ToString().ToLowerInvariant()}: {{ servers: [\"{url}\"]{tls} }}");
        }

        if (upstreams.TryGetValue(GridUpstream.Tunnel, out string? tunnel))
        {
            // As "PORT URL": where the portal listens, and the service behind the bridge.
            string[] parts = tunnel.Split(' ');
            text.AppendLine(
                $"tunnels:\n  home: {{ portal: {{ listen: {parts[0]}, public: 127.0.0.1 }}, bridge: {{ forward: \"{parts[1]}\" }}, "
                    + $"secret: a-secret-of-the-tests-only }}"
            );
        }

        text.AppendLine("sites:");
        foreach (string host in (string[])[Host, CompressingHost])
        {
            foreach (bool secure in (bool[])[false, true])
            {
                text.AppendLine($"  - host: {host}");
                text.AppendLine($"    listen: {(secure ? ports.Tls : ports.Plain)}");
                text.AppendLine(
                    secure
                        ? $"    tls: {{ cert: {certificates}/site.crt, key: {certificates}/site.key }}\n    redirect_http: false"
                        : "    tls: off"
                );
                text.AppendLine(host == CompressingHost ? "    compress: [gzip]" : "    websocket: auto");
                text.AppendLine($"    headers: {{ response: {{ set: {{ X-Mark: \"{mark}\" }} }} }}");
                text.AppendLine("    routes:");
                foreach (GridUpstream kind in upstreams.Keys)
                {
                    Routes(text, kind.ToString().ToLowerInvariant(), upstreams[GridUpstream.Kept], program);
                }

                text.AppendLine(
                    Has(program, GridRoute.Files) ? $"      - {{ path: /files, strip_prefix: true, files: {{ root: {folder} }} }}" : ""
                );
            }
        }

        return text.ToString();
    }

    private static void Routes(StringBuilder text, string upstream, string auth, string program)
    {
        string proxy = upstream == "tunnel" ? "\"tunnel:home\"" : upstream;
        string page = $"body: \"{ErrorPage.TrimEnd()}\\n\"";
        foreach (GridRoute route in Enum.GetValues<GridRoute>().Where(route => Has(program, route)))
        {
            string? more = route switch
            {
                GridRoute.Plain => "",
                GridRoute.Guarded or GridRoute.Refused =>
                    ", basic_auth: { users: { alice: \"$2y$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW\" } }",
                GridRoute.Authorized => $", forward_auth: {{ url: \"{auth}/auth/yes\", copy_headers: [Remote-User] }}",
                GridRoute.Unauthorized => $", forward_auth: {{ url: \"{auth}/auth/no\" }}",
                GridRoute.Intercepted => $", errors: {{ intercept: [503], 503: {{ {page} }} }}",
                GridRoute.ErrorPage => $", errors: {{ 502: {{ {page} }} }}",
                _ => null,
            };
            if (more is not null)
            {
                string to = route == GridRoute.ErrorPage ? "\"http://127.0.0.1:9\"" : proxy;
                text.AppendLine($"      - {{ path: /{upstream}/{route.ToString().ToLowerInvariant()}, proxy: {to}{more} }}");
            }
        }
    }
}

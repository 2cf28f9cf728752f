using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Confgen.Model.Routes;
using Confgen.Model.Units;
using Confgen.Runtime.Acme;
using Confgen.Runtime.Observing;
using Confgen.Runtime.Routing;
using Confgen.Runtime.Upstreams;

namespace Confgen.Runtime.Admin;

/// <summary>
/// The page of <c>/</c>, and the JSON of <c>/status</c> that it asks for every other second: sites, routes, upstreams and their health,
/// certificates, the last requests and errors, and reloads. Queries are left out of targets, and what looks like a key is hidden.
/// </summary>
internal sealed class StatusPage(Metrics metrics, RecentRequests recent)
{
    private static readonly Lazy<string> _page = new(Read);

    /// <summary>The page: it loads nothing but <c>/status</c>.</summary>
    public static string Html => _page.Value;

    /// <summary>What the page may do: its own script and style, by their hashes, and requests to this address.</summary>
    public static string Policy { get; } =
        $"default-src 'none'; script-src '{HashOf("script")}'; style-src '{HashOf("style")}'; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>The JSON.</summary>
    public string Write(
        bool isReady,
        int openConnections,
        IEnumerable<UpstreamState> upstreams,
        RoutingTable table,
        IEnumerable<AcmeStatus> ordered,
        long now
    )
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("version", Assembly.GetExecutingAssembly().GetName().Version?.ToString(3) ?? "");
            json.WriteBoolean("ready", isReady);
            json.WriteString("since", metrics.Since);
            json.WriteNumber("connections", openConnections);
            json.WriteNumber("in_flight", metrics.InFlight);
            json.WriteNumber("streams", metrics.OpenStreams);
            WriteSites(json, table);
            WriteUpstreams(json, upstreams, now);
            WriteCertificates(json, table);
            WriteOrdered(json, ordered);
            WriteRequests(json, "requests", recent.All);
            WriteRequests(json, "errors", recent.Failed);
            WriteReloads(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void WriteSites(Utf8JsonWriter json, RoutingTable table)
    {
        json.WriteStartArray("sites");
        foreach (SiteModel site in table.Sites)
        {
            json.WriteStartObject();
            json.WriteString("hosts", string.Join(", ", site.Config.Hosts));
            json.WriteString("listen", string.Join(", ", site.Config.Listen));
            json.WriteBoolean("tls", site.Config.Tls is not null);
            json.WriteStartArray("routes");
            foreach (RouteModel route in site.Routes)
            {
                json.WriteStartObject();
                json.WriteString("path", route.Config.Path.ToString());
                json.WriteString("action", ActionOf(route));
                json.WriteBoolean("guarded", route.Config.IsGuarded);
                json.WriteNumber("requests", route.Metrics.Total);
                json.WriteNumber("errors", route.Metrics.ByClass(5));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string ActionOf(RouteModel route) =>
        route.Config.Action switch
        {
            ProxyAction proxy => $"proxy {Secrets.Hide(proxy.Upstream.Name)}",
            RespondAction respond => string.Create(CultureInfo.InvariantCulture, $"respond {respond.Status}"),
            var other => other.Field,
        };

    private static void WriteUpstreams(Utf8JsonWriter json, IEnumerable<UpstreamState> upstreams, long now)
    {
        json.WriteStartArray("upstreams");
        // The same server of the same inline URL may stand in several routes.
        foreach (
            (string name, string address, ServerState server) in upstreams
                .SelectMany(u => u.Servers.Select(s => (u.Config.Name, s.Address.ToString(), s)))
                .DistinctBy(s => (s.Name, s.Item2))
        )
        {
            json.WriteStartObject();
            json.WriteString("upstream", Secrets.Hide(name));
            json.WriteString("server", Secrets.Hide(address));
            json.WriteString("state", StateOf(server, now));
            json.WriteNumber("in_flight", server.Active);
            json.WriteNumber("requests", server.Requests);
            json.WriteNumber("failures", server.FailureCount);
            json.WriteString(
                "causes",
                string.Join(", ", UpstreamError.All.Where(c => server.Errors.Of(c) > 0).Select(c => $"{c.Label} {server.Errors.Of(c)}"))
            );
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string StateOf(ServerState server, long now) =>
        server.Config.Down ? "down"
        : server.IsUnhealthy ? "unhealthy"
        : server.EjectedUntil > now ? "ejected"
        : "up";

    private static void WriteCertificates(Utf8JsonWriter json, RoutingTable table)
    {
        json.WriteStartArray("certificates");
        foreach ((string site, DateTimeOffset expiry) in table.Certificates.DistinctBy(c => c.Site))
        {
            json.WriteStartObject();
            json.WriteString("hosts", site);
            json.WriteString("expires", expiry);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteOrdered(Utf8JsonWriter json, IEnumerable<AcmeStatus> ordered)
    {
        json.WriteStartArray("acme");
        foreach (AcmeStatus status in ordered)
        {
            json.WriteStartObject();
            json.WriteString("hosts", string.Join(", ", status.Names));
            json.WriteNumber("failures", status.Attempts.Failures);
            json.WriteString("error", status.Attempts.Failures > 0 ? status.Attempts.Error : null);
            if (status.Next is { } next)
            {
                json.WriteString("next", next);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteRequests(Utf8JsonWriter json, string name, IReadOnlyList<(DateTimeOffset At, ServedRequest Request)> requests)
    {
        json.WriteStartArray(name);
        foreach ((DateTimeOffset at, ServedRequest request) in requests)
        {
            json.WriteStartObject();
            json.WriteString("at", at);
            json.WriteString("method", request.Method);
            json.WriteString("host", request.Host);
            json.WriteString("path", Secrets.Hide(request.Target.Split('?')[0]));
            json.WriteNumber("status", request.Status);
            json.WriteNumber("milliseconds", Math.Round(request.Took.TotalMilliseconds, 1));
            json.WriteString("route", request.Route);
            json.WriteString("server", request.Server);
            json.WriteString("error", request.Error);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteReloads(Utf8JsonWriter json)
    {
        json.WriteStartArray("reloads");
        foreach (Reload reload in metrics.Reloads)
        {
            json.WriteStartObject();
            json.WriteString("at", reload.At);
            json.WriteString("fault", reload.Fault);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string Read()
    {
        using Stream stream =
            Assembly.GetExecutingAssembly().GetManifestResourceStream("status.html")
            ?? throw new InvalidOperationException("the program lacks its page");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    // The hash of the element's text, as Content Security Policy wants it.
    private static string HashOf(string element)
    {
        int start = Html.IndexOf($"<{element}>", StringComparison.Ordinal) + element.Length + 2;
        string text = Html[start..Html.IndexOf($"</{element}>", StringComparison.Ordinal)];
        return "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}

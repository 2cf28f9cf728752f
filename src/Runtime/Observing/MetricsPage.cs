using System.Globalization;
using System.Reflection;
using System.Text;
using Confgen.Runtime.Acme;
using Confgen.Runtime.Routing;
using Confgen.Runtime.Upstreams;

namespace Confgen.Runtime.Observing;

/// <summary>The counts in Prometheus' text format, version 0.0.4.</summary>
internal sealed class MetricsPage
{
    /// <summary>Its media type.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private static readonly string[] _classes = ["none", "1xx", "2xx", "3xx", "4xx", "5xx"];

    private readonly StringBuilder _text = new();

    /// <summary>The page.</summary>
    public static string Write(
        Metrics metrics,
        int openConnections,
        IEnumerable<UpstreamState> upstreams,
        RoutingTable table,
        IEnumerable<AcmeStatus> ordered,
        long now
    )
    {
        var page = new MetricsPage();
        page.WriteRequests(metrics);
        UpstreamState[] all = [.. upstreams];
        page.WriteUpstreams([.. all.SelectMany(u => u.Servers.Select(s => (Name(u, s), s)))], now);
        page.WriteUpstreamErrors(all);
        page.WriteCertificates(table);
        page.WriteOrdered([.. ordered]);
        page.Family("confgen_connections_open", "gauge", "Connections of clients that are open.");
        page.Sample("confgen_connections_open", "", openConnections);
        page.Family("confgen_connections_total", "counter", "Connections of clients that were accepted.");
        page.Sample("confgen_connections_total", "", metrics.Accepted);
        page.Family(
            "confgen_reloads_total",
            "counter",
            "Specs that were taken, the first included, and specs that changed nothing because they were wrong."
        );
        page.Sample("confgen_reloads_total", "{result=\"good\"}", metrics.GoodReloads);
        page.Sample("confgen_reloads_total", "{result=\"bad\"}", metrics.BadReloads);
        page.Family("confgen_last_reload_successful", "gauge", "Whether the last spec could be served.");
        page.Sample("confgen_last_reload_successful", "", metrics.IsLastGood ? 1 : 0);
        if (metrics.LoadedAt is { } loaded)
        {
            page.Family("confgen_last_reload_success_timestamp_seconds", "gauge", "When the spec that is served was taken.");
            page.Sample("confgen_last_reload_success_timestamp_seconds", "", loaded.ToUnixTimeMilliseconds() / 1e3);
        }

        page.WriteProcess(metrics);
        return page._text.ToString();
    }

    private static string Name(UpstreamState upstream, ServerState server) =>
        $"{{upstream=\"{Quoted(upstream.Config.Name)}\",server=\"{Quoted(server.Address.ToString())}\"}}";

    private void WriteRequests(Metrics metrics)
    {
        Family(
            "confgen_requests_total",
            "counter",
            "Requests by the class of the response's status; none where the client left before its response."
        );
        foreach (((string site, string route), RouteMetrics counts) in metrics.Routes)
        {
            WriteClasses("confgen_requests_total", $"site=\"{Quoted(site)}\",route=\"{Quoted(route)}\",", counts);
        }

        Family("confgen_unrouted_requests_total", "counter", "Requests that no route was found for, malformed ones included.");
        WriteClasses("confgen_unrouted_requests_total", "", metrics.Refused);
        Family("confgen_requests_in_flight", "gauge", "Requests under way, streams left out.");
        Sample("confgen_requests_in_flight", "", metrics.InFlight);
        Family("confgen_streams_open", "gauge", "Event streams and upgraded connections that are open.");
        Sample("confgen_streams_open", "", metrics.OpenStreams);
        WriteCounts(
            "confgen_streams_total",
            "Event streams and upgraded connections that are over; they are in the requests, too.",
            metrics,
            c => c.Streams
        );
        WriteCounts(
            "confgen_request_bytes_total",
            "Bytes received of request bodies, and of upgraded connections that are over.",
            metrics,
            c => c.BytesIn
        );
        WriteCounts(
            "confgen_response_bytes_total",
            "Bytes sent of response bodies, and of upgraded connections that are over.",
            metrics,
            c => c.BytesOut
        );
        WriteHistogram(
            "confgen_time_to_first_byte_seconds",
            "From the end of a request's head to the head of its response.",
            metrics,
            c => c.FirstBytes
        );
        WriteHistogram(
            "confgen_request_duration_seconds",
            "From the end of a request's head to the end of its response; streams left out.",
            metrics,
            c => c.Durations
        );
    }

    private void WriteCounts(string name, string help, Metrics metrics, Func<RouteMetrics, double> value)
    {
        Family(name, "counter", help);
        foreach (((string site, string route), RouteMetrics counts) in metrics.Routes)
        {
            Sample(name, $"{{site=\"{Quoted(site)}\",route=\"{Quoted(route)}\"}}", value(counts));
        }
    }

    private void WriteHistogram(string name, string help, Metrics metrics, Func<RouteMetrics, DurationHistogram> of)
    {
        Family(name, "histogram", help);
        foreach (((string site, string route), RouteMetrics counts) in metrics.Routes)
        {
            DurationHistogram histogram = of(counts);
            string labels = $"site=\"{Quoted(site)}\",route=\"{Quoted(route)}\"";
            long total = 0;
            for (int i = 0; i <= DurationHistogram.Bounds.Length; i++)
            {
                total += histogram.Bucket(i);
                string bound =
                    i < DurationHistogram.Bounds.Length ? DurationHistogram.Bounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
                Sample(name + "_bucket", $"{{{labels},le=\"{bound}\"}}", total);
            }

            Sample(name + "_sum", $"{{{labels}}}", histogram.Seconds);
            Sample(name + "_count", $"{{{labels}}}", total);
        }
    }

    private void WriteCertificates(RoutingTable table)
    {
        Family("confgen_certificate_expiry_timestamp_seconds", "gauge", "When the certificate that a site shows expires.");
        foreach ((string site, DateTimeOffset expiry) in table.Certificates.DistinctBy(c => c.Site))
        {
            Sample("confgen_certificate_expiry_timestamp_seconds", $"{{site=\"{Quoted(site)}\"}}", expiry.ToUnixTimeSeconds());
        }
    }

    private void WriteOrdered(AcmeStatus[] ordered)
    {
        static string Site(AcmeStatus status) => $"{{site=\"{Quoted(string.Join(',', status.Names))}\"}}";
        Family("confgen_acme_failures", "gauge", "Attempts at a certificate by ACME that have failed since the last one that was had.");
        foreach (AcmeStatus status in ordered)
        {
            Sample("confgen_acme_failures", Site(status), status.Attempts.Failures);
        }

        Family("confgen_acme_next_attempt_timestamp_seconds", "gauge", "When a certificate by ACME is ordered, renewed or tried again.");
        foreach (AcmeStatus status in ordered)
        {
            if (status.Next is { } next && next > DateTimeOffset.UnixEpoch)
            {
                Sample("confgen_acme_next_attempt_timestamp_seconds", Site(status), next.ToUnixTimeSeconds());
            }
        }
    }

    private void WriteClasses(string name, string labels, RouteMetrics counts)
    {
        for (int i = 0; i < _classes.Length; i++)
        {
            // A class that never came is no series: most routes know two.
            if (counts.ByClass(i) is > 0 and var count)
            {
                Sample(name, $"{{{labels}class=\"{_classes[i]}\"}}", count);
            }
        }
    }

    private void WriteUpstreams((string Name, ServerState Server)[] servers, long now)
    {
        // The same server of the same inline URL may stand in several routes.
        servers = [.. servers.DistinctBy(s => s.Name)];
        WriteServers(
            "confgen_upstream_up",
            "gauge",
            "Whether the server is chosen: not out of service, not failing its probes, not ejected.",
            servers,
            s => s.IsUp(now) ? 1 : 0
        );
        WriteServers("confgen_upstream_in_flight", "gauge", "Requests under way at the server.", servers, s => s.Active);
        WriteServers("confgen_upstream_requests_total", "counter", "Requests that the server was chosen for.", servers, s => s.Requests);
        WriteServers(
            "confgen_upstream_failures_total",
            "counter",
            "Requests that the server failed: no connection, no response, or a malformed or cut one.",
            servers,
            s => s.FailureCount
        );
    }

    private void WriteUpstreamErrors(UpstreamState[] upstreams)
    {
        Family(
            "confgen_upstream_errors_total",
            "counter",
            "Requests that an upstream failed, by the cause; without a server where none could be chosen."
        );
        var written = new HashSet<string>(StringComparer.Ordinal);
        foreach (UpstreamState upstream in upstreams)
        {
            foreach (
                (string server, ErrorCounts errors) in upstream
                    .Servers.Select(s => (s.Address.ToString(), s.Errors))
                    .Append(("", upstream.Errors))
            )
            {
                foreach (UpstreamError cause in UpstreamError.All.Where(c => errors.Of(c) > 0))
                {
                    string labels = $"{{upstream=\"{Quoted(upstream.Config.Name)}\",server=\"{Quoted(server)}\",cause=\"{cause.Label}\"}}";
                    if (written.Add(labels))
                    {
                        Sample("confgen_upstream_errors_total", labels, errors.Of(cause));
                    }
                }
            }
        }
    }

    private void WriteServers(
        string name,
        string type,
        string help,
        (string Name, ServerState Server)[] servers,
        Func<ServerState, double> value
    )
    {
        Family(name, type, help);
        foreach ((string labels, ServerState server) in servers)
        {
            Sample(name, labels, value(server));
        }
    }

    private void WriteProcess(Metrics metrics)
    {
        Family("process_start_time_seconds", "gauge", "When the process began.");
        Sample("process_start_time_seconds", "", metrics.Since.ToUnixTimeMilliseconds() / 1e3);
        Family("process_cpu_seconds_total", "counter", "CPU time.");
        Sample("process_cpu_seconds_total", "", Environment.CpuUsage.TotalTime.TotalSeconds);
        Family("process_resident_memory_bytes", "gauge", "Memory that is not swapped out.");
        Sample("process_resident_memory_bytes", "", Environment.WorkingSet);
        if (OperatingSystem.IsLinux())
        {
            Family("process_open_fds", "gauge", "File descriptors in use.");
            Sample("process_open_fds", "", Directory.EnumerateFileSystemEntries("/proc/self/fd").Count());
        }

        string version = Assembly.GetExecutingAssembly().GetName().Version?.ToString(3) ?? "";
        Family("confgen_build_info", "gauge", "The version.");
        Sample("confgen_build_info", $"{{version=\"{version}\"}}", 1);
    }

    private void Family(string name, string type, string help) =>
        _text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");

    private void Sample(string name, string labels, double value) =>
        _text.Append(CultureInfo.InvariantCulture, $"{name}{labels} {value}\n");

    private static string Quoted(string label) =>
        label
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal);
}

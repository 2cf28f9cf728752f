using Confgen.Model.Sites;
using Confgen.Model.Units;
using Confgen.Targets.Nginx.Syntax;
using Confgen.Targets.Nginx.Views;

namespace Confgen.Targets.Nginx.Building;

/// <summary>Writes access logs.</summary>
internal static class Logs
{
    private const string JsonName = "json";

    /// <summary>The arguments of <c>access_log</c>; null where the inherited one holds.</summary>
    public static string? Of(NginxBuild build, AccessLog? log)
    {
        if (log is null)
        {
            return null;
        }

        if (log.Format == AccessLogFormat.Off)
        {
            return "off";
        }

        string output = log.Output switch
        {
            "stdout" => "/dev/stdout",
            "stderr" => "/dev/stderr",
            var file => build.Text(file, log.At.Of("output")),
        };
        build.LogsJson |= log.Format == AccessLogFormat.Json;
        return output + " " + (log.Format == AccessLogFormat.Json ? Name(build) : "combined");
    }

    /// <summary>The format of JSON lines. Numbers are unquoted; a time is in seconds.</summary>
    public static LogFormatView Json(NginxBuild build) => new(Name(build) + " escape=json",
    [
        Piece("{\"time\":\"", "time_iso8601", "\",\"site\":\"", Site(build), "\",\"route\":\"", build.Shared.LoggedRoute, "\",\"client\":\"", build.Shared.ClientAddress, "\","),
        Piece("\"method\":\"", "request_method", "\",\"scheme\":\"", "scheme", "\",\"host\":\"", "host", "\",\"target\":\"", "request_uri", "\",\"protocol\":\"", "server_protocol", "\","),
        Piece("\"status\":", "status", ",\"bytes_in\":", "request_length", ",\"bytes_out\":", "body_bytes_sent", ",\"duration\":", "request_time", ",\"ttfb\":", LastOf(build, "ttfb", "upstream_header_time", "[0-9.]+"), ","),
        Piece("\"upstream\":\"", "upstream_addr", "\",\"upstream_status\":", LastOf(build, "last_status", "upstream_status", "[0-9]+"), ",\"request_id\":\"", "request_id", "\","),
        Piece("\"user_agent\":\"", "http_user_agent", "\",\"referer\":\"", "http_referer", "\",\"error\":null}"),
    ]);

    // A name with a star is a regex for nginx, which nobody wants to read in a log.
    private static string Site(NginxBuild build)
    {
        HostPattern[] wildcards = [.. build.Spec.Sites.Where(site => site.Hosts.Count > 0).Select(site => site.Hosts[0]).Where(host => host.Kind == HostPatternKind.Wildcard)];
        return wildcards.Length == 0 ? "server_name" : build.Map("logged_site", new MapView
        {
            Source = "$server_name",
            Variable = "",
            Lines =
            [
                new MapLineView("default", "$server_name"),
                .. wildcards.Select(host => new MapLineView(NginxQuoting.MapKey("~" + SiteBuilder.WildcardRegex(host)).Text, NginxQuoting.Text("*." + host.Name).Text)),
            ],
        });
    }

    /// <summary>Of a variable with an entry for each server that was tried the last one, or null.</summary>
    private static string LastOf(NginxBuild build, string name, string source, string form) => build.Map(name, new MapView
    {
        Source = "$" + source,
        Variable = "",
        Lines = [new MapLineView("default", "null"), new MapLineView($"\"~(?<{build.Capture("last")}>{form})$\"", "$" + build.Capture("last"))],
    });

    private static string Name(NginxBuild build) => build.IsInclude ? $"{build.Prefix}_{JsonName}" : JsonName;

    private static string Piece(params ReadOnlySpan<string> parts)
    {
        // In single quotes, so that JSON's own need no escapes.
        var text = new System.Text.StringBuilder("'");
        for (int i = 0; i < parts.Length; i++)
        {
            text.Append(i % 2 == 0 ? "" : "$").Append(parts[i]);
        }

        return text.Append('\'').ToString();
    }
}

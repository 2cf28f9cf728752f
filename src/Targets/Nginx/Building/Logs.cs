using Confgen.Model.Sites;
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

    /// <summary>The format of JSON lines.</summary>
    public static LogFormatView Json(NginxBuild build) => new(Name(build) + " escape=json",
    [
        Piece("{\"time\":\"", "time_iso8601", "\",\"client_ip\":\"", "remote_addr", "\",\"method\":\"", "request_method", "\",\"host\":\"", "host", "\",\"uri\":\"", "request_uri", "\","),
        Piece("\"protocol\":\"", "server_protocol", "\",\"status\":", "status", ",\"bytes\":", "body_bytes_sent", ",\"duration\":", "request_time", ","),
        Piece("\"upstream\":\"", "upstream_addr", "\",\"request_id\":\"", "request_id", "\",\"referer\":\"", "http_referer", "\",\"user_agent\":\"", "http_user_agent", "\"}"),
    ]);

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

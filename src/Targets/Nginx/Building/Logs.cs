using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model.Sites;
using Confgen.Model.Units;
using Confgen.Targets.Nginx.Syntax;
using Confgen.Targets.Nginx.Views;

namespace Confgen.Targets.Nginx.Building;

/// <summary>Says where access logs go.</summary>
internal static class Logs
{
    /// <summary>A log; null where the inherited one holds.</summary>
    public static AccessLogView? Of(NginxBuild build, AccessLog? log) =>
        log switch
        {
            null => null,
            { Format: AccessLogFormat.Off } => new AccessLogView(null, false),
            _ => new AccessLogView(
                log.Output switch
                {
                    "stdout" => "/dev/stdout",
                    "stderr" => "/dev/stderr",
                    var file => build.Text(file, log.At.Of(LogFields.Output)),
                },
                log.Format == AccessLogFormat.Json
            ),
        };

    /// <summary>
    /// The site's name in logs; null where nginx's own will do: one with a star is a regex for nginx, which nobody wants to read in a log.
    /// </summary>
    public static string? NameOf(NginxBuild build, Site site) =>
        site.Hosts is [{ Kind: HostPatternKind.Wildcard or HostPatternKind.Trailing } host, ..]
        && site.Routes.Select(route => route.Log).Append(site.Log).Any(log => log?.Format == AccessLogFormat.Json)
            ? build.Use(NginxQuoting.Text(host.ToString()), site.At.Of(SiteFields.Host))
            : null;
}

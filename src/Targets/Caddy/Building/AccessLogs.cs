using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model;
using Confgen.Model.Sites;
using Confgen.Model.Units;
using Confgen.Targets.Caddy.Views;

namespace Confgen.Targets.Caddy.Building;

/// <summary>
/// Access logs. Caddy finds a request's by its literal Host: one in another case, or without the port of a site on another port than 80 and
/// 443, matches no site's log, and is served without a line. Where all sites that log write to one place, the block for the hosts of no
/// site logs there, too, so that every site logs there unless it is excluded.
/// </summary>
internal sealed class AccessLogs
{
    private readonly CaddyQuoter _texts;

    public AccessLogs(CaddyQuoter texts, Spec spec)
    {
        _texts = texts;
        Common = CommonOf(spec);
    }

    /// <summary>The log that everybody's requests are in; null where there is none.</summary>
    public AccessLog? Common { get; }

    /// <summary>Whether the site logs.</summary>
    public static bool Logs(Site site) => site.Log is { Format: not AccessLogFormat.Off };

    /// <summary>
    /// The log that every request for a site that logs can be in; null where they differ, or where a site for all other hosts logs nothing.
    /// </summary>
    public static AccessLog? CommonOf(Spec spec)
    {
        Site[] logging = [.. spec.Sites.Where(Logs)];
        return
            logging.Length > 0
            && logging.All(site => site.Log?.Output == logging[0].Log?.Output)
            && spec.Sites.All(static site => Logs(site) || !site.Hosts.Any(static host => host.Kind == HostPatternKind.Any))
            ? logging[0].Log
            : null;
    }

    /// <summary>A log for the template.</summary>
    public LogView View(AccessLog log) =>
        log.Output is "stdout" or "stderr"
            ? new LogView(null, log.Output)
            : new LogView(_texts.Value(log.Output, log.At.Of(LogFields.Output)), null);
}

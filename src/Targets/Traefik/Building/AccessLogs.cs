using Confgen.Model;
using Confgen.Model.Sites;

namespace Confgen.Targets.Traefik.Building;

/// <summary>The one access log that Traefik has.</summary>
internal static class AccessLogs
{
    /// <summary>All logs that the spec asks for.</summary>
    public static IEnumerable<AccessLog> All(Spec spec) =>
        spec
            .Sites.SelectMany(static site => site.Routes.Select(static route => route.Log).Prepend(site.Log))
            .OfType<AccessLog>()
            .Where(static log => log.Format != AccessLogFormat.Off);

    /// <summary>The log; null for none.</summary>
    public static AccessLog? Of(Spec spec) => All(spec).FirstOrDefault();
}

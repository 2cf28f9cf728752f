using System.Text.Json;
using Confgen.Compiler.Language;
using Confgen.Compiler.Schema;
using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Model.Sites;
using Confgen.Targets.HAProxy.Views;

namespace Confgen.Targets.HAProxy.Building;

/// <summary>
/// Access logs. A frontend has one format, which writes what its variables hold; a request has the level that the log takes only where its
/// route is logged.
/// </summary>
internal static class AccessLogLines
{
    /// <summary>The logs that a listener's sites and routes ask for.</summary>
    public static IReadOnlyList<AccessLog> Of(ListenerModel listener) =>
        [
            .. listener
                .Sites.SelectMany(static site => site.Routes.Select(route => Of(site, route)).Append(site.Log))
                .Where(IsOn)
                .OfType<AccessLog>(),
        ];

    /// <summary>The view of a listener's log; null where nothing is logged.</summary>
    public static AccessLogView? View(ListenerModel listener) =>
        Of(listener) is [var log, ..] ? new AccessLogView(log.Output, log.Format == AccessLogFormat.Json) : null;

    /// <summary>What a route's backend says before it does anything else.</summary>
    public static IEnumerable<string> Request(HAProxyTexts texts, Site site, Route route)
    {
        if (Of(site, route) is not { } log || !IsOn(log))
        {
            yield break;
        }

        yield return "http-request set-log-level emerg";
        if (log.Format == AccessLogFormat.Json)
        {
            string matcher = ReferenceEquals(route, RouteTable.NoRoute) ? "" : route.Path.ToString();
            string members = $"\"site\":{Json(site.Hosts[0].ToString())},\"route\":{Json(matcher)}";
            yield return $"http-request set-var-fmt(txn.logged) {texts.Format(members, site.At.Of(SiteFields.Log))}";
        }

        if (route.Proxy is not null)
        {
            yield return "http-response set-var(txn.upstream_status) status";
        }
    }

    private static AccessLog? Of(Site site, Route route) => route.Log ?? site.Log;

    private static bool IsOn(AccessLog? log) => log is { Format: not AccessLogFormat.Off };

    private static string Json(string text) => $"\"{JsonEncodedText.Encode(text)}\"";
}

using System.Globalization;
using Confgen.Model.Diagnostics;
using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Model.Units;

namespace Confgen.Cli.Explaining;

/// <summary>An evaluation as lines of a name and a text, the same for people and for programs.</summary>
internal static class Explanation
{
    /// <summary>The lines, in the order in which a proxy takes its decisions.</summary>
    /// <param name="request">The request.</param>
    /// <param name="got">What becomes of the request.</param>
    /// <param name="differences">What targets do differently with the site's and the route's fields.</param>
    public static IEnumerable<(string Name, string Text)> Of(
        EvaluatedRequest request,
        Evaluation got,
        IReadOnlyList<Diagnostic> differences
    )
    {
        yield return (
            "request",
            $"{request.Method} {request.Target} for {request.Host} on port {request.Port.ToString(CultureInfo.InvariantCulture)}, from "
                + $"{request.Peer}"
        );
        yield return ("response", (got.Status is { } status ? status.ToString(CultureInfo.InvariantCulture) + ": " : "") + got.Reason);
        if (got.Site is { } site)
        {
            yield return ("site", $"{string.Join(", ", site.Hosts)} ({site.At.Span}), because {got.SiteReason}");
        }

        if (got.Path is { } path)
        {
            yield return ("path", $"{path}, decoded and normalised");
        }

        if (got.Ambiguity is { } ambiguity)
        {
            yield return ("refused", $"the response is 400: {ambiguity}");
        }

        foreach ((Route route, string reason) in got.PassedOver)
        {
            yield return ("passed over", $"{route.Path} ({route.At.Span}): {reason}");
        }

        if (got.Route is { } taken)
        {
            yield return ("route", $"{taken.Path} ({taken.At.Span})");
        }

        if (got.Client is { } client)
        {
            yield return ("client", client.ToString());
        }

        foreach (string guard in got.Guards)
        {
            yield return ("guard", guard);
        }

        if (got is { Upstream: { } upstream, Route.Proxy: { } proxy })
        {
            if (got.MayBeFile && proxy.FilesFirst is { } files)
            {
                yield return ("file", $"{string.Join(", ", files.Try)} below {files.Root}, the first that is there; else the upstream");
            }

            if (proxy.FastCgi is { } fastCgi && got.Path is { } asked)
            {
                yield return ("script", Scripts(fastCgi, asked));
            }

            yield return (
                "upstream",
                $"{upstream.Name}: "
                    + $"{(upstream.Discover is { } srv ? "SRV " + srv.Name : string.Join(", ", upstream.Servers.Select(s => s.Address)))}"
            );
            yield return ("target", got.Target ?? "");
            foreach ((string name, string value) in got.UpstreamHeaders)
            {
                yield return ("sent", $"{name}: {value}");
            }

            yield return (
                "timeouts",
                $"connect {Durations.Format(proxy.Timeouts.Connect)}, send {Durations.Format(proxy.Timeouts.Send)}, read "
                    + $"{Durations.Format(proxy.ReadTimeout)}"
                    + (
                        proxy.WebSocket == WebSocketMode.Never
                            ? "; upgrades don't pass"
                            : $"; an upgraded connection may idle {Durations.Format(proxy.UpgradedTimeout)}"
                    )
            );
        }

        if (got is { Upstream: not null, Route.Proxy.ResponseRewrite: { } rewrite })
        {
            yield return ("rewritten", ResponseUrls.Describe(rewrite));
        }

        foreach ((string name, string value) in got.ResponseHeaders)
        {
            yield return ("set", $"{name}: {value}");
        }

        foreach (string name in got.RemovedHeaders)
        {
            yield return ("removed", name);
        }

        foreach (Diagnostic difference in differences)
        {
            yield return ("differs", $"{difference.Message} ({difference.Span})");
        }
    }

    // Which of them runs is decided by what is there.
    private static string Scripts(FastCgi fastCgi, string path)
    {
        string named = fastCgi.ScriptOf(path) is { } script
            ? script.Script + (script.PathInfo.Length > 0 ? $" (PATH_INFO {script.PathInfo})" : "") + ", "
            : "";
        string last = fastCgi.FrontController ? $"/{fastCgi.Index}" : "404";
        return $"{named}{path.TrimEnd('/')}/{fastCgi.Index}, the first that is below {fastCgi.LookupRoot}; else {last}";
    }
}

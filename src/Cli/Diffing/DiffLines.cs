using System.Globalization;
using Confgen.Model.Differences;
using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Model.Sources;

namespace Confgen.Cli.Diffing;

/// <summary>The words of a difference, the same in every format.</summary>
internal static class DiffLines
{
    /// <summary>The word for a risk.</summary>
    public static string Word(Risk risk) =>
        risk switch
        {
            Risk.Exposure => "exposure",
            Risk.Breakage => "breakage",
            _ => "change",
        };

    /// <summary>The aspect as a word: <c>rate limit</c> for <see cref="Aspect.RateLimit"/>.</summary>
    public static string Word(Aspect aspect) =>
        aspect switch
        {
            Aspect.Tls => "TLS",
            Aspect.UpstreamTls => "TLS to servers",
            Aspect.Cors => "CORS",
            Aspect.TrustedProxies => "trusted proxies",
            Aspect.HeadLimit => "head limit",
            Aspect.UpstreamConnections => "connections to servers",
            Aspect.RequestFields => "request header",
            Aspect.ResponseFields => "response header",
            Aspect.ResponseAddresses => "addresses in responses",
            Aspect.AuthServer => "auth server",
            Aspect.RateLimit => "rate limit",
            Aspect.BodyLimit => "body limit",
            Aspect.OddTargets => "odd targets",
            Aspect.ErrorPages => "error pages",
            _ => aspect.ToString().ToLowerInvariant(),
        };

    /// <summary>The requests that a difference concerns.</summary>
    public static string Where(Difference difference)
    {
        if (difference.Classes.Count == 0)
        {
            return "";
        }

        string conditions = ClassText.Conditions(difference.Classes);
        string via = string.Join(", ", difference.Classes.SelectMany(c => c.Via).Distinct());
        return $"{ClassText.Hosts(difference.Classes)}, {ClassText.Paths(difference.Classes)}"
            + (conditions.Length > 0 ? ", " + conditions : "")
            + (via.Length > 0 ? ", through " + via : "");
    }

    /// <summary>The witness as a call of curl without its options: method, URL, fields, client.</summary>
    public static string Request(Witness witness)
    {
        EvaluatedRequest request = witness.Request;
        string fields = string.Concat(request.Headers.Select(h => $" with {h.Key}: {h.Value}"));
        string at =
            witness.Connection.Listen is { SocketPath: { } socket } ? " on unix:" + socket
            : witness.Connection.Listen.Address is { } address ? " at " + address
            : "";
        return $"{request.Method} {(request.Https ? "https" : "http")}://{request.Host}{request.Target}{fields} from {request.Peer}{at}";
    }

    /// <summary>What becomes of the witness on one side, with what the difference is about.</summary>
    public static string Response(Evaluation got, Aspect aspect, string text)
    {
        string status = got.Status?.ToString(CultureInfo.InvariantCulture) ?? "";
        string main = got.Stage switch
        {
            EvaluationStage.NoListener => "no connection: " + got.Reason,
            EvaluationStage.HttpsRedirect => $"{status} to {got.ResponseHeaders[0].Value}",
            EvaluationStage.Action when got.Upstream is { } upstream => $"forwarded to {upstream.Name} as {got.Target}",
            EvaluationStage.Action when got.Route?.Action is FilesAction && got.Status is null => got.Reason,
            EvaluationStage.Action
                when got.ResponseHeaders.FirstOrDefault(h => h.Key == "Location") is { Key: not null } location
                    && got.Status is >= 300 and < 400 => $"{status} to {location.Value}",
            _ => $"{status}{(got.Reason.Length > 0 ? ", " + got.Reason : "")}",
        };
        string route = got.Route is { } taken ? $" by {taken.Path}" : "";
        bool isShown = aspect is Aspect.Site or Aspect.Response or Aspect.Target or Aspect.Access;
        return main + route + (isShown || got.Stage != EvaluationStage.Action ? "" : $"; {Word(aspect)}: {Detail(got, aspect, text)}");
    }

    /// <summary>A place with the revision that it is in.</summary>
    public static string? Place(DiffSide side, SourceSpan span) => span.IsSome ? side.Prefix + span : null;

    private static string Detail(Evaluation got, Aspect aspect, string text) =>
        aspect switch
        {
            Aspect.Host => got.UpstreamHeaders.Count > 0 ? got.UpstreamHeaders[0].Value : text,
            Aspect.TrustedProxies => $"client {got.Client}, "
                + string.Join(
                    ", ",
                    got.UpstreamHeaders.Where(h => h.Key.StartsWith("X-Forwarded-For", StringComparison.OrdinalIgnoreCase))
                        .Select(h => $"{h.Key}: {h.Value}")
                ),
            _ => text,
        };
}

using System.Globalization;
using System.Net;
using System.Text;
using Confgen.Model;
using Confgen.Model.Expectations;
using Confgen.Model.Routes;
using Confgen.Model.Rules;

namespace Confgen.Cli.Testing;

/// <summary>
/// Runs a spec's expectations on the model: no program, no network. A stand-in upstream responds with 200 without headers of its own.
/// </summary>
internal sealed class ModelRunner(Spec spec)
{
    private static readonly HashSet<string> _status = ["status"];

    private readonly Evaluator _evaluator = new(spec);

    public TestResult Run(Expectation test) => Judge.Of(test, OutcomeOf(Evaluate(test)));

    /// <summary>What the model says about a test's request.</summary>
    public Evaluation Evaluate(Expectation test) => _evaluator.Evaluate(RequestOf(test));

    /// <summary>A test's request, with the length of its body.</summary>
    public static EvaluatedRequest RequestOf(Expectation test)
    {
        IPAddress peer = test.From is { } from ? IPAddress.Parse(from) : EvaluatedRequest.PublicPeer;
        var request = EvaluatedRequest.FromUrl(test.Method, test.Url, test.Headers, peer);
        return
            test.Body is null
            || request.Headers.Any(h =>
                h.Key.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)
                || h.Key.Equals("Transfer-Encoding", StringComparison.OrdinalIgnoreCase)
            )
            ? request
            : request with
            {
                Headers =
                [
                    .. request.Headers,
                    new("Content-Length", Encoding.UTF8.GetByteCount(test.Body).ToString(CultureInfo.InvariantCulture)),
                ],
            };
    }

    /// <summary>What explain says, in one line.</summary>
    public static string Why(Evaluation got)
    {
        string route =
            got.Route is { } taken ? $"{taken.Path} (line {taken.At.Span.Line})"
            : got.Site is null ? "no site"
            : "no route";
        string response = got.Status is { } status ? string.Create(CultureInfo.InvariantCulture, $"{status}, ") : "";
        return $"{route}: {response}{got.Reason}";
    }

    private static Outcome OutcomeOf(Evaluation got)
    {
        bool forwarded = got.Status is null && got.Upstream is not null;
        int? status = got.Status ?? (got.Upstream is null ? null : 200);
        return new Outcome
        {
            Status = status,
            Upstream = forwarded ? got.Upstream?.Name : null,
            Target = forwarded ? got.Target : null,
            Route = got.Route?.Path.Text,
            Headers = got.ResponseHeaders,
            UpstreamHeaders = got.UpstreamHeaders,
            Unknown = status is null && got.Route?.Action is FilesAction ? _status : new HashSet<string>(),
            Why = Why(got),
        };
    }
}

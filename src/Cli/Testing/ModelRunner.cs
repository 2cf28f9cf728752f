using System.Globalization;
using System.Net;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Expectations;
using Confgen.Model.Routes;
using Confgen.Model.Rules;

namespace Confgen.Cli.Testing;

/// <summary>Runs a spec's expectations on the model: no program, no network. A stand-in upstream answers 200 without headers of its own.</summary>
internal sealed class ModelRunner(Spec spec)
{
    private readonly Evaluator _evaluator = new(spec);

    public TestResult Run(Expectation test)
    {
        IPAddress peer = test.From is { } from ? IPAddress.Parse(from) : EvaluatedRequest.PublicPeer;
        Evaluation got = _evaluator.Evaluate(EvaluatedRequest.FromUrl(test.Method, test.Url, test.Headers, peer));
        ExpectedOutcome expect = test.Expect;
        var failures = new List<Diagnostic>();
        var undecided = new List<string>();
        string why = Why(got);

        if (expect.Status is { } status)
        {
            int? actual = got.Status ?? (got.Upstream is null ? null : 200);
            if (actual is null && got.Route?.Action is FilesAction)
            {
                undecided.Add("status");
            }
            else
            {
                Compare("status", status.ToString(CultureInfo.InvariantCulture), actual?.ToString(CultureInfo.InvariantCulture));
            }
        }

        bool forwarded = got.Status is null && got.Upstream is not null;
        Compare("upstream", expect.Upstream, forwarded ? got.Upstream?.Name : null);
        Compare("target", expect.Target, forwarded ? got.Target : null);
        Compare("route", expect.Route, got.Route?.Path.Text);
        Compare("location", expect.Location, Value(got.ResponseHeaders, "Location"));
        foreach ((string name, string value) in expect.Headers)
        {
            CompareHeader("headers", name, value, got.ResponseHeaders);
        }

        foreach ((string name, string value) in expect.UpstreamHeaders)
        {
            CompareHeader("upstream_headers", name, value, got.UpstreamHeaders);
        }

        return new TestResult(test, failures, undecided);

        void Compare(string field, string? expected, string? actual)
        {
            if (expected is not null && expected != actual)
            {
                Fail(field, $"{field} is {(actual is null ? "none" : $"'{actual}'")}, expected '{expected}'");
            }
        }

        void CompareHeader(string field, string name, string expected, IReadOnlyList<KeyValuePair<string, string>> headers)
        {
            string? actual = Value(headers, name);
            if (expected.Length == 0 ? actual is not null : actual != expected)
            {
                Fail(field, $"{field}: {name} is {(actual is null ? "absent" : $"'{actual}'")}, expected {(expected.Length == 0 ? "absent" : $"'{expected}'")}");
            }
        }

        void Fail(string field, string message) =>
            failures.Add(new Diagnostic(ExpectationRule.Failed, expect.At.Of(field), $"{test.Method} {test.Url}: {message}") { Hint = why });
    }

    private static string? Value(IReadOnlyList<KeyValuePair<string, string>> headers, string name)
    {
        string[] values = [.. headers.Where(h => h.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(h => h.Value)];
        return values.Length == 0 ? null : string.Join(", ", values);
    }

    // What explain says, in one line.
    private static string Why(Evaluation got)
    {
        string route = got.Route is { } taken ? $"{taken.Path} (line {taken.At.Span.Line})" : got.Site is null ? "no site" : "no route";
        string answer = got.Status is { } status ? string.Create(CultureInfo.InvariantCulture, $"{status}, ") : "";
        return $"{route}: {answer}{got.Reason}";
    }
}

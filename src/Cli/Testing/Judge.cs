using System.Globalization;
using Confgen.Model.Diagnostics;
using Confgen.Model.Expectations;

namespace Confgen.Cli.Testing;

/// <summary>Sets what became of a request against what its author expects.</summary>
internal static class Judge
{
    /// <summary>The verdict, with a diagnostic for each field that is otherwise.</summary>
    /// <param name="test">The request and what is expected.</param>
    /// <param name="got">What became of it.</param>
    /// <param name="where">The program that it was tried on, or null for the model.</param>
    public static TestResult Of(Expectation test, Outcome got, string? where = null)
    {
        ExpectedOutcome expect = test.Expect;
        var failures = new List<Diagnostic>();
        var undecided = new List<string>();
        Compare("status", expect.Status?.ToString(CultureInfo.InvariantCulture), got.Status?.ToString(CultureInfo.InvariantCulture));
        Compare("upstream", expect.Upstream, got.Upstream);
        Compare("target", expect.Target, got.Target);
        Compare("route", expect.Route, got.Route);
        Compare("location", expect.Location, Value(got.Headers, "Location"));
        CompareHeaders("headers", expect.Headers, got.Headers);
        CompareHeaders("upstream_headers", expect.UpstreamHeaders, got.UpstreamHeaders);
        return new TestResult(test, failures, undecided) { On = where };

        void Compare(string field, string? expected, string? actual)
        {
            if (expected is not null && !IsUnknown(field) && expected != actual)
            {
                Fail(field, $"{field} is {(actual is null ? "none" : $"'{actual}'")}, expected '{expected}'");
            }
        }

        void CompareHeaders(
            string field,
            IReadOnlyList<KeyValuePair<string, string>> expected,
            IReadOnlyList<KeyValuePair<string, string>> actual
        )
        {
            if (expected.Count == 0 || IsUnknown(field))
            {
                return;
            }

            foreach ((string name, string value) in expected)
            {
                string? there = Value(actual, name);
                if (value.Length == 0 ? there is not null : there != value)
                {
                    Fail(
                        field,
                        $"{field}: {name} is {(there is null ? "absent" : $"'{there}'")}, expected "
                            + $"{(value.Length == 0 ? "absent" : $"'{value}'")}"
                    );
                }
            }
        }

        bool IsUnknown(string field)
        {
            if (!got.Unknown.Contains(field))
            {
                return false;
            }

            undecided.Add(field);
            return true;
        }

        void Fail(string field, string message) =>
            failures.Add(
                new Diagnostic(
                    ExpectationRule.Failed,
                    expect.At.Of(field),
                    $"{(where is null ? "" : where + ": ")}{test.Method} {test.Url}: {message}"
                )
                {
                    Hint = got.Why,
                }
            );
    }

    private static string? Value(IReadOnlyList<KeyValuePair<string, string>> headers, string name)
    {
        string[] values = [.. headers.Where(h => h.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(h => h.Value)];
        return values.Length == 0 ? null : string.Join(", ", values);
    }
}

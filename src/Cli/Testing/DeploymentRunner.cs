using System.Globalization;
using System.Net;
using Confgen.Cli.Testing.OnPrograms;
using Confgen.Model;
using Confgen.Model.Expectations;

namespace Confgen.Cli.Testing;

/// <summary>Runs a spec's expectations on a running deployment: what can be seen from outside.</summary>
/// <param name="spec">The spec.</param>
/// <param name="url">Where it runs: requests of the URL's scheme are sent to its host and port.</param>
/// <param name="verify">Whether certificates must be valid for the tests' hosts.</param>
internal sealed class DeploymentRunner(Spec spec, Uri url, bool verify)
{
    private static readonly HashSet<string> _inside = ["upstream", "target", "upstream_headers", "route"];

    private readonly ModelRunner _model = new(spec);

    /// <summary>Whether a test's request can be sent there.</summary>
    public bool Takes(Expectation test) => test.Url.StartsWith(url.Scheme + "://", StringComparison.OrdinalIgnoreCase);

    /// <summary>The result of a test. Its request comes from this machine, whatever the test's <c>from</c> says.</summary>
    public async Task<TestResult> RunAsync(Expectation test, CancellationToken stop)
    {
        try
        {
            MessageHead response = await RawExchange.SendAsync(
                ModelRunner.RequestOf(test),
                test.Body ?? "",
                new DnsEndPoint(url.DnsSafeHost, url.Port),
                client: null,
                verify,
                stop
            );
            return Judge.Of(
                test,
                new Outcome
                {
                    Status =
                        response.StartLine.Split(' ') is [_, var status, ..]
                        && int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                            ? number
                            : null,
                    Headers = response.Fields,
                    Unknown = _inside,
                    Why = "the model says: " + ModelRunner.Why(_model.Evaluate(test)),
                },
                url.Authority
            );
        }
        catch (IOException e)
        {
            return Judge.Of(test, new Outcome { Unknown = _inside, Why = e.Message }, url.Authority);
        }
    }
}

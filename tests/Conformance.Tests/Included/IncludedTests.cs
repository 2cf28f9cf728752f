using Confgen.Conformance.Tests.Proxies;
using Confgen.Conformance.Tests.Running;

namespace Confgen.Conformance.Tests.Included;

/// <summary>
/// What a spec does, it does in a configuration that exists, too: cases that need maps, upstreams, formats, zones, files and tunnels.
/// </summary>
public sealed class IncludedTests : IDisposable
{
    private readonly Certificates _certificates = new();

    public void Dispose() => _certificates.Dispose();

    [Theory]
    [InlineData("balance/cookie")]
    [InlineData("compress/not")]
    [InlineData("errors/pages")]
    [InlineData("files/browse")]
    [InlineData("files/types")]
    [InlineData("guards/basic-auth")]
    [InlineData("guards/rate-limit")]
    [InlineData("headers/quoting")]
    [InlineData("headers/trusted-proxies")]
    [InlineData("log/formats")]
    [InlineData("refused/long-heads")]
    [InlineData("routing/passed-over")]
    [InlineData("streaming/sse")]
    [InlineData("target/rewrite")]
    [InlineData("target/strip-prefix")]
    [InlineData("websocket/echo")]
    public async Task A_case_holds_beside_another_spec(string name)
    {
        var runner = new CaseRunner(CaseSchedule.Root, _certificates);
        var outcomes = new List<CaseOutcome>();
        foreach (IProxy proxy in (IProxy[])[new IncludedNginxProxy(), new IncludedCaddyProxy()])
        {
            if (CaseSchedule.Proxies.Any(p => p.Name == proxy.Name && p.Missing is null))
            {
                outcomes.Add(await runner.RunAsync(Path.Combine(CaseSchedule.Root, name), proxy, CancellationToken.None));
            }
        }

        string report = CaseReport.Of(name, outcomes);
        Assert.True(report.Length == 0, report);
    }
}

using Confgen.Conformance.Tests.Running;

namespace Confgen.Conformance.Tests.Included;

/// <summary>What a spec does, it does in a configuration that exists, too: cases that need maps, upstreams, formats, zones, files and tunnels.</summary>
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
        if (!CaseSchedule.Proxies.Any(p => p is { Name: "nginx", Missing: null }))
        {
            return;
        }

        var runner = new CaseRunner(CaseSchedule.Root, _certificates);
        CaseOutcome outcome = await runner.RunAsync(Path.Combine(CaseSchedule.Root, name), new IncludedNginxProxy(), CancellationToken.None);
        string report = CaseReport.Of(name, [outcome]);
        Assert.True(report.Length == 0, report);
    }
}

using Confgen.Conformance.Tests.Running;

namespace Confgen.Conformance.Tests;

/// <summary>
/// The promise, made executable: the same requests to each program, and the same bytes at the upstream and at the client. A case is a
/// folder below <c>cases/</c>, found and not listed.
/// </summary>
public sealed class CaseTests(CaseSchedule schedule, ITestOutputHelper output) : IClassFixture<CaseSchedule>
{
    public static TheoryData<string> Cases => [.. CaseSchedule.Names];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_contract_holds_on_every_program(string name)
    {
        foreach (string missing in CaseSchedule.Proxies.Select(p => p.Missing).OfType<string>())
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", missing + ", and where CI runs it must be");
            output.WriteLine(missing + ": nothing was tried on it");
        }

        string report = await schedule.ReportAsync(name);
        Assert.True(report.Length == 0, report);
    }

    [Fact]
    public void There_are_cases() => Assert.NotEmpty(CaseSchedule.Names);
}

using Confgen.Conformance.Tests.Proxies;
using Confgen.Conformance.Tests.Running;

namespace Confgen.Conformance.Tests.Harness;

/// <summary>A check that can't fail proves nothing: each fault that a proxy can have must be seen.</summary>
public sealed class HarnessTests
{
    private static readonly string _root = Path.Combine(CaseSchedule.Root, "..", "Harness", "case");

    private static readonly Dictionary<
        string,
        (Func<IEnumerable<string>, IEnumerable<string>> Request, Func<string, string> Response)
    > _faults = new()
    {
        ["target"] = (lines => lines.Select((l, i) => i == 0 ? l.Replace("%2F", "/") : l), Same),
        ["the empty query: target"] = (lines => lines.Select((l, i) => i == 0 ? l.Replace("? ", " ") : l), Same),
        ["upstream x-two"] = (lines => lines.Where(l => !l.StartsWith("x-two", StringComparison.Ordinal)), Same),
        ["upstream x-one"] = (lines => lines.Append("X-One: again"), Same),
        ["upstream accept-encoding"] = (lines => lines.Append("Accept-Encoding: gzip"), Same),
        ["upstream x-gone"] = (lines => lines.Append("X-Gone: 1"), Same),
        ["upstream host"] = (lines => lines.Select(l => l == "Host: a.test" ? "Host: A.test" : l), Same),
        ["upstream_body"] = (lines => lines.Select(l => l == "Content-Length: 3000" ? "Content-Length: 2999" : l), Same),
        ["answer"] = (Same, _ => ""),
        ["status"] = (Same, text => text.Replace("404", "200")),
        ["reply x-app"] = (Same, text => text.Replace("X-App: 1\r\n", "")),
        ["reply server"] = (Same, text => text.Replace("Server: app", "Server: proxy")),
        ["reply x-more"] = (Same, text => text.Replace("\r\n\r\n", "\r\nX-More: 1\r\n\r\n")),
        ["reply_body"] = (Same, text => text.Replace("gone", "gine")),
        ["complete"] = (Same, text => text.Replace("gone", "gon")),
    };

    public static TheoryData<string> Faults => [.. _faults.Keys];

    [Fact]
    public async Task What_is_right_passes()
    {
        string report = await ReportAsync(new MinimalProxy(Same, Same));
        Assert.True(report.Length == 0, report);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task What_is_wrong_is_seen(string fault)
    {
        (Func<IEnumerable<string>, IEnumerable<string>> request, Func<string, string> response) = _faults[fault];
        string report = await ReportAsync(new MinimalProxy(request, response));
        Assert.Contains(fault.Split(": ")[^1] + ": expected", report);
    }

    [Fact]
    public async Task Programs_that_do_not_agree_are_seen()
    {
        using var certificates = new Certificates();
        var runner = new CaseRunner(_root, certificates);
        string folder = Path.Combine(_root, "transparent");
        CaseOutcome right = await runner.RunAsync(folder, new MinimalProxy(Same, Same), CancellationToken.None);
        CaseOutcome wrong = await runner.RunAsync(
            folder,
            new MinimalProxy(Same, text => text.Replace("HTTP/1.1 418 Whatever\r\n", "HTTP/1.1 418 Whatever\r\nX-More: 1\r\n")),
            CancellationToken.None
        );
        Assert.Contains("reply x-more:  against 1", CaseReport.Of("case", [right, wrong]));
    }

    private static async Task<string> ReportAsync(IProxy proxy)
    {
        using var certificates = new Certificates();
        var runner = new CaseRunner(_root, certificates);
        return CaseReport.Of("case", [await runner.RunAsync(Path.Combine(_root, "transparent"), proxy, CancellationToken.None)]);
    }

    private static T Same<T>(T value) => value;
}

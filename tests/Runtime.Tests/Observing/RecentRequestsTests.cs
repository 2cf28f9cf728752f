using Confgen.Runtime.Observing;

namespace Confgen.Runtime.Tests.Observing;

public sealed class RecentRequestsTests
{
    [Fact]
    public void The_last_fifty_are_kept_and_failures_apart_from_them()
    {
        var recent = new RecentRequests(TimeProvider.System);
        recent.Add(Of("/first", 502));
        recent.Add(Of("/cut", 200, "cut_response"));
        for (int i = 0; i < 120; i++)
        {
            recent.Add(Of($"/{i}", i == 60 ? 500 : 404));
        }

        Assert.Equal(Enumerable.Range(70, 50).Reverse().Select(i => $"/{i}"), recent.All.Select(r => r.Request.Target));
        Assert.Equal(["/60", "/cut", "/first"], recent.Failed.Select(r => r.Request.Target));
    }

    private static ServedRequest Of(string target, int status, string? error = null) =>
        new("GET", "a.test", target, status, TimeSpan.Zero, null, null, null, error);
}

using System.Net.Sockets;
using Confgen.Runtime.Listening;
using Confgen.Runtime.Tests.Support;

namespace Confgen.Runtime.Tests.Listening;

public sealed class AcceptFailureTests
{
    [Fact]
    public void Without_descriptors_pauses_grow_and_the_operator_is_told_once()
    {
        var notices = new List<string>();
        var time = new ManualTime();
        var failures = new AcceptFailures(null, notices.Add, time);
        var full = new SocketException((int)SocketError.TooManyOpenSockets);

        TimeSpan[] pauses = [.. Enumerable.Range(0, 20).Select(_ => failures.Add(full))];

        Assert.Equal(pauses.Order(), pauses);
        Assert.InRange(pauses[^1].TotalMilliseconds, 250, 1000);
        Assert.Contains("LimitNOFILE", Assert.Single(notices), StringComparison.Ordinal);

        failures.End();
        failures.End();
        Assert.Contains("accepted again", notices[1], StringComparison.Ordinal);
        Assert.Equal(2, notices.Count);
        Assert.Equal(pauses[0], failures.Add(full));

        // A connection that comes for one that has gone: no line each time.
        failures.End();
        failures.AddShortage();
        failures.End();
        Assert.Equal(2, notices.Count);
        time.Advance(TimeSpan.FromSeconds(11));
        failures.AddShortage();
        failures.End();
        Assert.Equal(4, notices.Count);
    }

    [Fact]
    public void A_client_that_left_costs_no_pause() =>
        Assert.Equal(
            TimeSpan.Zero,
            new AcceptFailures(null, _ => Assert.Fail("no notice"), TimeProvider.System).Add(
                new SocketException((int)SocketError.ConnectionAborted)
            )
        );
}

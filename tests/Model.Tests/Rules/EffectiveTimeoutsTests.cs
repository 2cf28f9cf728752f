using Confgen.Model.Routes;
using Confgen.Model.Upstreams;

namespace Confgen.Model.Tests.Rules;

/// <summary>Streams may be silent for an hour; ordinary requests of the same route keep their time-out.</summary>
public sealed class EffectiveTimeoutsTests
{
    [Theory]
    [InlineData(false, WebSocketMode.Auto, 60, 60, 60)]
    [InlineData(false, WebSocketMode.Never, 60, 60, 60)]
    [InlineData(false, WebSocketMode.Always, 60, 60, 3600)]
    [InlineData(true, WebSocketMode.Auto, 60, 3600, 3600)]
    [InlineData(true, WebSocketMode.Always, 7200, 7200, 7200)]
    [InlineData(false, WebSocketMode.Always, 7200, 7200, 7200)]
    public void Of_ordinary_requests_and_of_upgraded_connections(bool sse, WebSocketMode mode, int read, int ordinary, int upgraded)
    {
        var action = new ProxyAction
        {
            Upstream = new Upstream { Name = "app" },
            Sse = sse,
            WebSocket = mode,
            Timeouts = new Timeouts { Read = TimeSpan.FromSeconds(read) },
        };
        Assert.Equal((ordinary, upgraded), (action.ReadTimeout.TotalSeconds, action.UpgradedTimeout.TotalSeconds));
    }
}

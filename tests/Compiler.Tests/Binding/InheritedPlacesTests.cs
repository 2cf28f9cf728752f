using Confgen.Compiler.Tests.Support;
using Confgen.Model;
using Confgen.Model.Routes;

namespace Confgen.Compiler.Tests.Binding;

/// <summary>A route knows where its fields were written: in itself, or where it inherited them.</summary>
public sealed class InheritedPlacesTests
{
    [Fact]
    public void A_route_of_a_list_knows_its_own_fields_and_those_that_it_inherited()
    {
        Route route = RouteOf(
            """
            defaults: { max_body: 1MB }
            sites:
              - host: a.example.com
                log: json
                websocket: true
                routes:
                  - { path: /, proxy: "http://127.0.0.1:3000" }
            """
        );

        Assert.Equal("route", route.At.Schema);
        Assert.Equal(["max_body", "path", "proxy", "websocket"], route.At.Fields.Order());
        Assert.Equal((1, 5), (route.At.Of("max_body").Line, route.At.Of("websocket").Line));
    }

    [Theory]
    [InlineData("on", WebSocketMode.Always)]
    [InlineData("\"yes\"", WebSocketMode.Always)]
    [InlineData("off", WebSocketMode.Never)]
    [InlineData("no", WebSocketMode.Never)]
    [InlineData("auto", WebSocketMode.Auto)]
    public void Websocket_takes_what_every_switch_takes(string word, WebSocketMode expected) =>
        Assert.Equal(
            expected,
            RouteOf($"sites: [{{ host: a.example.com, websocket: {word}, proxy: \"http://127.0.0.1:3000\" }}]\n").Proxy?.WebSocket
        );

    [Fact]
    public void The_host_of_a_site_is_not_the_host_of_its_only_route()
    {
        Route route = RouteOf(
            """
            sites:
              - { host: a.example.com, max_body: 1MB, proxy: "http://127.0.0.1:3000", sse: true }
            """
        );

        Assert.Equal("route", route.At.Schema);
        Assert.Equal(["max_body", "proxy", "sse"], route.At.Fields.Order());
    }

    private static Route RouteOf(string yaml)
    {
        Spec? spec = Compile.Text(yaml).Spec;
        Assert.NotNull(spec);
        return spec.Sites[0].Routes[0];
    }
}

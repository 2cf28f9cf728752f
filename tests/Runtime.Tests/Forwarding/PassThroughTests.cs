using Confgen.Runtime.Tests.Support;

namespace Confgen.Runtime.Tests.Forwarding;

public sealed class PassThroughTests
{
    [Fact]
    public async Task A_request_and_its_answer_pass()
    {
        await using Backend backend = Backend.Answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Foo: bar\r\n\r\nok");
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend);

        RawResponse response = await proxy.GetAsync("/a%2Fb//c/?x=1?", fields: "x-lower: v\r\n");

        Assert.Equal(200, response.Status);
        Assert.Equal("ok", response.Body);
        Assert.Equal("bar", response.Field("X-Foo"));
        Assert.Equal("GET /a%2Fb//c/?x=1? HTTP/1.1", backend.Request.Line);
        Assert.Equal("v", backend.Request.Field("x-lower"));
        Assert.Equal("a.test", backend.Request.Field("Host"));
        Assert.Equal("127.0.0.1", backend.Request.Field("X-Forwarded-For"));
    }
}

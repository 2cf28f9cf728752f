using Confgen.Runtime.Tests.Support;

namespace Confgen.Runtime.Tests.Forwarding;

public sealed class FieldTests
{
    [Fact]
    public async Task Hop_by_hop_fields_and_those_that_Connection_names_end_here()
    {
        await using Backend backend = Backend.Answering(
            "HTTP/1.1 200 OK\r\nConnection: X-Mine\r\nX-Mine: 1\r\nKeep-Alive: timeout=5\r\nX-Yours: 2\r\nContent-Length: 0\r\n\r\n"
        );
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend);

        RawResponse response = await proxy.GetAsync(
            "/",
            fields: "Connection: keep-alive, X-One\r\nConnection: X-Two\r\nX-One: 1\r\nx-two: 2\r\nX-Three: 3\r\nKeep-Alive: 1\r\n"
                + "Proxy-Connection: a\r\nTE: gzip\r\n"
        );

        Assert.Empty(
            backend
                .Request.All("X-One")
                .Concat(backend.Request.All("X-Two"))
                .Concat(backend.Request.All("Keep-Alive"))
                .Concat(backend.Request.All("Proxy-Connection"))
                .Concat(backend.Request.All("TE"))
        );
        Assert.Equal("3", backend.Request.Field("X-Three"));
        Assert.Null(response.Field("X-Mine"));
        Assert.Null(response.Field("Keep-Alive"));
        Assert.Equal("2", response.Field("X-Yours"));
    }

    [Fact]
    public async Task No_client_can_forge_or_remove_who_it_is()
    {
        await using Backend backend = new();
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend);

        await proxy.GetAsync(
            "/",
            fields: "Connection: X-Forwarded-For, X-Real-IP, X-Forwarded-Proto, Host, Content-Length\r\nX-Forwarded-For: 1.2.3.4\r\n"
                + "X_Forwarded_For: 1.2.3.4\r\nX-Real-IP: 1.2.3.4\r\nX_Real_IP: 1.2.3.4\r\nX-Forwarded-Proto: https\r\n"
                + "X-Forwarded_Host: evil\r\nForwarded: for=1.2.3.4\r\nProxy: http://evil\r\n"
        );

        BackendRequest request = backend.Request;
        Assert.Equal("127.0.0.1", request.Field("X-Forwarded-For"));
        Assert.Equal("127.0.0.1", request.Field("X-Real-IP"));
        Assert.Equal("http", request.Field("X-Forwarded-Proto"));
        Assert.Equal("a.test", request.Field("X-Forwarded-Host"));
        Assert.Equal("a.test", request.Field("Host"));
        Assert.DoesNotContain("1.2.3.4", request.Head, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", request.Head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fields_keep_their_order_their_case_and_their_bytes()
    {
        await using Backend backend = Backend.Answering(
            "HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nx-lower: \u00e9\r\nSet-Cookie: b=2\r\nContent-Length: 0\r\n\r\n"
        );
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend);

        RawResponse response = await proxy.GetAsync("/", fields: "X-b: 1\r\nx-A: \u00e9\u00ff\r\nX-b: 2\r\nX-Empty:\r\n");

        Assert.Contains("X-b: 1\r\nx-A: \u00e9\u00ff\r\nX-b: 2\r\nX-Empty: \r\n", backend.Request.Head, StringComparison.Ordinal);
        Assert.Contains("Set-Cookie: a=1\r\nx-lower: \u00e9\r\nSet-Cookie: b=2\r\n", response.Head, StringComparison.Ordinal);
        Assert.DoesNotContain("Accept-Encoding", backend.Request.Head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_of_HTTP_1_0_without_Host_is_refused_unless_its_target_has_one()
    {
        await using Backend backend = new();
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend);

        Assert.Equal(400, (await proxy.AskAsync("GET / HTTP/1.0\r\n\r\n")).Status);
        Assert.Equal(200, (await proxy.AskAsync("GET http://a.test/ HTTP/1.0\r\n\r\n")).Status);

        Assert.Equal("a.test", backend.Request.Field("Host"));
    }

    [Fact]
    public async Task The_absolute_form_s_host_wins_and_the_upstream_sees_origin_form()
    {
        await using Backend backend = new();
        await using TestProxy proxy = await TestProxy.BeforeAsync(backend);

        await proxy.AskAsync("GET http://real.test:8080/x?y HTTP/1.1\r\nHost: evil.test\r\n\r\n");

        Assert.Equal("GET /x?y HTTP/1.1", backend.Request.Line);
        Assert.Equal("real.test:8080", backend.Request.Field("Host"));
    }
}

using System.Text;
using Confgen.Runtime.Tests.Http3;
using Confgen.Runtime.Tests.Support;
using static Confgen.Runtime.Tests.Support.Http3RawClient;

namespace Confgen.Runtime.Tests.Attacks;

/// <summary>Heads of HTTP/3 that would mean something else in HTTP/1.1, where line ends and lengths are bytes among others.</summary>
public sealed class Http3SmugglingTests
{
    public static TheoryData<string, string> Fields => Http2SmugglingTests.Fields;

    public static TheoryData<string, string, string> FirstLines => Http2SmugglingTests.FirstLines;

    [Theory]
    [MemberData(nameof(Fields))]
    [InlineData(":authority", "b.test")]
    [InlineData(":protocol", "websocket")]
    [InlineData(":status", "200")]
    [InlineData("te", "trailers, gzip")]
    public async Task A_field_that_could_change_the_request_s_meaning_refuses_it(string name, string value)
    {
        await using Backend backend = new();
        await using TestProxy proxy = await Http3Proxy.BeforeAsync(backend);

        Response response = await (await ToAsync(proxy)).AskAsync(Request(more: (name, value)));

        Assert.Equal(400, response.Status);
        Assert.Empty(backend.Requests);
    }

    [Theory]
    [MemberData(nameof(FirstLines))]
    public async Task A_first_line_that_could_hold_another_request_refuses_it(string path, string method, string authority)
    {
        await using Backend backend = new();
        await using TestProxy proxy = await Http3Proxy.BeforeAsync(backend);

        Response response = await (await ToAsync(proxy)).AskAsync(Request(path, method, authority));

        Assert.Equal(400, response.Status);
        Assert.Empty(backend.Requests);
    }

    [Theory]
    [MemberData(nameof(Http2SmugglingTests.TrailerFields), MemberType = typeof(Http2SmugglingTests))]
    public async Task A_trailer_that_could_be_another_request_refuses_this_one(string name, string value)
    {
        await using Backend backend = new();
        await using TestProxy proxy = await Http3Proxy.BeforeAsync(backend);

        Response response = await (await ToAsync(proxy)).AskAsync([
            .. Request(method: "POST"),
            .. Frame(Data, "abc"u8.ToArray()),
            .. Frame(Headers, Section((name, value))),
        ]);

        Assert.Contains(response.Status, new[] { 0, 400 });
        Assert.Empty(backend.Requests);
    }

    [Theory]
    [InlineData(":method", ":scheme", ":authority")]
    [InlineData(":method", ":path", ":authority")]
    [InlineData(":scheme", ":path", ":authority")]
    [InlineData(":method", ":scheme", ":path")]
    [InlineData(":method", ":scheme", ":path", ":authority", ":path")]
    [InlineData(":method", ":method", ":scheme", ":path", ":authority")]
    [InlineData("x", ":method", ":scheme", ":path", ":authority")]
    [InlineData(":method", "x", ":scheme", ":path", ":authority")]
    public async Task The_pseudo_fields_are_there_once_and_first(params string[] names)
    {
        await using Backend backend = new();
        await using TestProxy proxy = await Http3Proxy.BeforeAsync(backend);
        var values = new Dictionary<string, string>
        {
            [":method"] = "GET",
            [":scheme"] = "https",
            [":path"] = "/",
            [":authority"] = "a.test",
            ["x"] = "y",
        };

        Response response = await (await ToAsync(proxy)).AskAsync(Frame(Headers, Section([.. names.Select(n => (n, values[n]))])));

        Assert.Equal(400, response.Status);
        Assert.Empty(backend.Requests);
    }

    [Theory]
    [InlineData("javascript", 400)]
    [InlineData("", 400)]
    [InlineData("http", 200)]
    public async Task A_scheme_is_one_of_HTTP_s(string scheme, int status)
    {
        await using Backend backend = new();
        await using TestProxy proxy = await Http3Proxy.BeforeAsync(backend);

        Response response = await (await ToAsync(proxy)).AskAsync(
            Frame(Headers, Section((":method", "GET"), (":scheme", scheme), (":authority", "a.test"), (":path", "/")))
        );

        Assert.Equal(status, response.Status);
    }

    [Theory]
    [InlineData("a.test", "a.test", 200)]
    [InlineData(null, "a.test", 200)]
    [InlineData("a.test", "b.test", 400)]
    [InlineData("a.test", "A.test", 400)]
    public async Task A_host_and_the_authority_are_the_same(string? authority, string host, int status)
    {
        await using Backend backend = new();
        await using TestProxy proxy = await Http3Proxy.BeforeAsync(backend);
        (string, string)[] named = authority is null ? [] : [(":authority", authority)];

        Response response = await (await ToAsync(proxy)).AskAsync(
            Frame(Headers, Section([(":method", "GET"), (":scheme", "https"), .. named, (":path", "/"), ("host", host)]))
        );

        Assert.Equal(status, response.Status);
        Assert.All(backend.Requests, r => Assert.Equal("a.test", r.Field("Host")));
    }

    [Theory]
    [InlineData("5", "abc")]
    [InlineData("2", "abcGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("0", "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n")]
    public async Task A_length_that_is_not_the_body_s_never_makes_a_whole_request(string length, string body)
    {
        await using Backend backend = new();
        await using TestProxy proxy = await Http3Proxy.BeforeAsync(backend);

        Response response = await (await ToAsync(proxy)).AskAsync([
            .. Request(method: "POST", more: ("content-length", length)),
            .. Frame(Data, Encoding.ASCII.GetBytes(body)),
        ]);

        Assert.NotEqual(200, response.Status);
        Assert.DoesNotContain(backend.Requests, r => r.Head.Contains("smuggled", StringComparison.Ordinal) || r.Body.Length > 0);
    }

    [Theory]
    [InlineData(":path", "/")]
    [InlineData("x-a", "b\r\nX-Evil: 1")]
    [InlineData("connection", "close")]
    [InlineData("x a", "1")]
    [InlineData("X-A", "1")]
    [InlineData("x-a", " 1")]
    public async Task Trailers_hold_fields_alone(string name, string value)
    {
        await using Backend backend = new();
        await using TestProxy proxy = await Http3Proxy.BeforeAsync(backend);

        Response response = await (await ToAsync(proxy)).AskAsync([
            .. Request(method: "POST"),
            .. Frame(Data, [0x61]),
            .. Frame(Headers, Section((name, value))),
        ]);

        Assert.NotEqual(200, response.Status);
        Assert.Empty(backend.Requests);
    }

    [Fact]
    public async Task Trailers_never_replace_what_the_proxy_says()
    {
        await using Backend backend = new();
        await using TestProxy proxy = await Http3Proxy.BeforeAsync(backend);

        Response response = await (await ToAsync(proxy)).AskAsync([
            .. Request(method: "POST"),
            .. Frame(Data, [0x61]),
            .. Frame(Headers, Section(("x-forwarded-for", "1.2.3.4"), ("host", "evil"), ("content-length", "9"))),
        ]);

        Assert.Equal(200, response.Status);
        Assert.DoesNotContain("1.2.3.4", backend.Request.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("evil", backend.Request.Body, StringComparison.Ordinal);
    }
}

using Confgen.Model.Units;

namespace Confgen.Model.Tests.Units;

public sealed class ServerAddressTests
{
    [Theory]
    [InlineData("http://127.0.0.1:3000", ServerScheme.Http, "127.0.0.1", 3000, "http://127.0.0.1:3000")]
    [InlineData("http://app", ServerScheme.Http, "app", 80, "http://app:80")]
    [InlineData("http://App.Internal:8080", ServerScheme.Http, "app.internal", 8080, "http://app.internal:8080")]
    [InlineData("https://app.internal", ServerScheme.Https, "app.internal", 443, "https://app.internal:443")]
    [InlineData("h2c://grpc:50051", ServerScheme.H2c, "grpc", 50051, "h2c://grpc:50051")]
    [InlineData("http://[::1]:3000", ServerScheme.Http, "::1", 3000, "http://[::1]:3000")]
    [InlineData("http://[2001:DB8::0]", ServerScheme.Http, "2001:db8::", 80, "http://[2001:db8::]:80")]
    [InlineData("http://my_service:80", ServerScheme.Http, "my_service", 80, "http://my_service:80")]
    public void Reads_a_url(string text, ServerScheme scheme, string host, int port, string printed)
    {
        Assert.True(ServerAddress.TryParse(text, out ServerAddress? value, out string? problem));
        Assert.Null(problem);
        Assert.Equal(new ServerAddress(scheme, host, port), value);
        Assert.Equal(printed, value.ToString());
        Assert.True(ServerAddress.TryParse(printed, out ServerAddress? back, out _));
        Assert.Equal(value, back);
    }

    [Theory]
    [InlineData("unix:/run/app.sock")]
    [InlineData("unix:///run/app.sock")]
    public void Reads_a_unix_socket(string text)
    {
        Assert.True(ServerAddress.TryParse(text, out ServerAddress? value, out _));
        Assert.Equal(new ServerAddress(ServerScheme.Unix, "", 0, "/run/app.sock"), value);
        Assert.Equal("unix:/run/app.sock", value.ToString());
    }

    [Theory]
    [InlineData("127.0.0.1:3000", "'127.0.0.1:3000' has no scheme: write http://127.0.0.1:3000")]
    [InlineData("/run/app.sock", "'/run/app.sock' has no scheme: write unix:/run/app.sock for a unix socket")]
    [InlineData(":3000", "':3000' has no scheme and no host: write http://127.0.0.1:3000")]
    [InlineData("ws://app:80", "'ws://app:80': write http://app:80; a WebSocket starts as HTTP, and its upgrade passes")]
    [InlineData("wss://app", "'wss://app': write https://app; a WebSocket starts as HTTP, and its upgrade passes")]
    [InlineData("grpc://app:1", "'grpc://app:1': write h2c://app:1; gRPC is HTTP/2")]
    [InlineData("HTTP://app", "'HTTP://app': write the scheme in lower case")]
    [InlineData("ftp://app", "'ftp://app': the scheme is none of http, https, h2c and unix")]
    [InlineData("http://app:3000/", "'http://app:3000/' ends with a '/', which some programs take for a path: write http://app:3000")]
    [InlineData(
        "http://app:3000/v1",
        "'http://app:3000/v1' has a path: write http://app:3000; the request's path goes on as it is, "
            + "unless the route's 'replace_prefix' or 'add_prefix' change it"
    )]
    [InlineData("http://app?x", "'http://app?x' has a query or a fragment: write http://app")]
    [InlineData(
        "http://user:secret@app:80",
        "a server's URL has no credentials: write http://app:80 and set an Authorization header under headers.request.set"
    )]
    [InlineData("http://:3000", "'http://:3000' has no host: write http://127.0.0.1:3000")]
    [InlineData("http://app:", "'http://app:' has no port of 1 to 65535 behind its last colon")]
    [InlineData("http://app:0", "'http://app:0' has no port of 1 to 65535 behind its last colon")]
    [InlineData("http://app:65536", "'http://app:65536' has no port of 1 to 65535 behind its last colon")]
    [InlineData("http://2001:db8::1", "'http://2001:db8::1': write an IPv6 address in brackets, as http://[::1]:3000")]
    [InlineData("http://[::1", "'http://[::1': write an IPv6 address in brackets, as http://[::1]:3000")]
    [InlineData(
        "http://[::1%eth0]:80",
        "'http://[::1%eth0]:80' has no valid host: write it as http://127.0.0.1:3000 or http://app.internal:3000"
    )]
    [InlineData("http://a b", "'http://a b' has no valid host: write it as http://127.0.0.1:3000 or http://app.internal:3000")]
    [InlineData("http://127.1:80", "'http://127.1:80' has no valid host: write it as http://127.0.0.1:3000 or http://app.internal:3000")]
    [InlineData("http://unix:/run/a.sock", "'http://unix:/run/a.sock': write a unix socket without http://, as unix:/run/app.sock")]
    [InlineData("unix//run/a.sock", "'unix//run/a.sock': write a unix socket as unix:/run/app.sock")]
    [InlineData("unix:run/a.sock", "'unix:run/a.sock': a unix socket has an absolute path, as unix:/run/app.sock")]
    [InlineData("unix:/run/a b", "'unix:/run/a b': no blank, colon, semicolon, brace, quote, backslash or $ may stand in a socket's path")]
    [InlineData("unix:/", "'unix:/': a unix socket has an absolute path, as unix:/run/app.sock")]
    [InlineData("", "'' has no scheme: write http://")]
    public void Says_what_is_wrong_and_the_way_out(string text, string expected)
    {
        Assert.False(ServerAddress.TryParse(text, out _, out string? problem));
        Assert.Equal(expected, problem);
    }

    [Fact]
    public void A_socket_path_has_at_most_107_bytes()
    {
        Assert.True(ServerAddress.TryParse("unix:/" + new string('a', 106), out _, out _));
        Assert.False(ServerAddress.TryParse("unix:/" + new string('a', 107), out _, out _));
    }

    [Theory]
    [InlineData("http://127.0.0.1", true)]
    [InlineData("http://[::1]", true)]
    [InlineData("http://app", false)]
    public void Knows_addresses_from_names(string text, bool isAddress) =>
        Assert.Equal(isAddress, ServerAddress.TryParse(text, out ServerAddress? value, out _) && value.IsAddress);
}

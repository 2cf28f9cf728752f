using Confgen.Model.Routes;
using Confgen.Model.Units;
using Confgen.Targets.Nginx.Syntax;
using Confgen.Targets.Nginx.Views;

namespace Confgen.Targets.Nginx.Building;

/// <summary>Variables that several places need. Each is defined when it is first asked for.</summary>
internal sealed class SharedVariables(NginxBuild build)
{
    // A `..` segment between any spellings of a separator: only attacks send one, because clients resolve it.
    private const string DotSegment = @"^[^?]*(?:[/\\]|%2[Ff]|%5[Cc])(?:\.|%2[Ee]){2}(?:[/\\? ]|%2[Ff]|%5[Cc])";

    // nginx itself takes a fragment, any scheme, a second blank behind the target, before 1.21.1 control characters, and a line of HTTP/0.9;
    // and of a URL with a query and no path it tells a target without its slash.
    private const string RequestLine = @"^\S+ (?!\w+://[^/]*\?)(?i:https?:/)?/[^\x00-\x20#\x7F]* HTTP/";

    // A name or an IPv6 address, and a port up to 65535.
    private const string HostForm = @"^(?:[\w~-]+(?:\.[\w~-]+)*\.?|\[[0-9A-Fa-f:.]+\])(?::(?:[0-5]?\d{1,4}|6[0-4]\d{3}|65[0-4]\d\d|655[0-2]\d|6553[0-5]))?\z";

    private string? _empty;
    private string? _badRequest;
    private string? _badHost;
    private string? _oddPath;
    private string? _clientHost;
    private string? _upstreamHost;
    private string? _upgrade;
    private string? _bodyLength;
    private string? _connection;
    private string? _loggedRoute;
    private string? _upgradedTo;
    private string? _safePath;
    private string? _noServer;
    private string? _fromProxy;
    private string? _rawPath;
    private string? _rawQuery;

    /// <summary>The empty text: what <c>return</c> needs for an answer without a body.</summary>
    public string Empty => _empty ??= Map("empty", "\"\"", ("default", "\"\""));

    /// <summary>1 for a host or a target that every route refuses.</summary>
    public string BadRequest => _badRequest ??= Map(
        "bad_request",
        "$request",
        ("default", "1"),
        (NginxQuoting.RegexKey(DotSegment).Text, "1"),
        (NginxQuoting.RegexKey(RequestLine).Text, "$" + BadHost));

    // nginx itself lets through most characters, any port, and requests of HTTP/1.0 without a Host.
    private string BadHost => _badHost ??= Map(
        "bad_host", "$" + ClientHost, ("default", "1"), (NginxQuoting.RegexKey(HostForm).Text, "0"));

    /// <summary>1 for a path with bytes that RFC 3986 doesn't allow, which an upstream could read differently.</summary>
    public string OddPath => _oddPath ??= Map(
        "odd_path",
        "$request_uri",
        ("default", "0"),
        (NginxQuoting.RegexKey("^[^?]*[\"<>\\\\^`{|}\\x80-\\xFF]").Text, "1"));

    /// <summary>The host as the client sent it, with its port.</summary>
    public string ClientHost => _clientHost ??= Map(
        "client_host",
        "$request",
        ("default", AnyHttp3 ? "$" + Http3Host : "$http_host"),
        (NginxQuoting.RegexKey(@"^[^ ]+ [A-Za-z][A-Za-z0-9+.-]*://(?<" + build.Capture("authority") + @">[^/?# ]+)").Text, "$" + build.Capture("authority")));

    /// <summary>What is sent as Host: the client's, unless a route sets the variable.</summary>
    public string UpstreamHost => !build.Spec.Sites.Any(site => site.Routes.Any(route => route.Proxy is { Host.Kind: not HostHeaderKind.Preserve })) ? ClientHost
        : _upstreamHost ??= Map("upstream_host", "$" + ClientHost, ("default", "$" + ClientHost));

    /// <summary>What is sent as Upgrade.</summary>
    public string Upgrade => _upgrade ??= Map(
        "upgrade",
        "\"$server_protocol $http_upgrade $http_connection\"",
        ("default", "\"\""),
        ("\"~*^HTTP/1\\.1 websocket (?:.*,)?[ \\t]*upgrade[ \\t]*(?:,|\\z)\"", "websocket"));

    /// <summary>What is sent as Content-Length: RFC 9110, section 8.6, wants one of methods that usually have a body.</summary>
    public string BodyLength => _bodyLength ??= Map(
        "body_length",
        "\"$request_method $proxy_internal_body_length $proxy_internal_chunked\"",
        ("default", "$proxy_internal_body_length"),
        ("\"~^(?:POST|PUT|PATCH)  $\"", "0"));

    /// <summary>What is logged as the route.</summary>
    public string LoggedRoute => _loggedRoute ??= build.Variables.New("logged_route");

    /// <summary>What is sent as Connection where an upgrade may pass.</summary>
    public string Connection => _connection ??= Map("connection_upgrade", "$" + Upgrade, ("default", "\"\""), ("websocket", "upgrade"));

    /// <summary>What is sent to the client as Upgrade: it belongs to one connection, so an upstream's own passes with 101 alone.</summary>
    public string UpgradedTo => _upgradedTo ??= Map(
        "upgraded_to", "$status", ("default", "\"\""), ("101", "$upstream_http_upgrade"));

    /// <summary>The normalised path, empty where a decoded control character would end the header that it goes into.</summary>
    public string SafePath => _safePath ??= Map(
        "safe_path", "$uri", ("default", "$uri"), ("\"~[\\x00-\\x1F\\x7F]\"", "\"\""));

    /// <summary>1 where no server of the upstream could be asked: nginx then gives the upstream's name instead of an address.</summary>
    public string NoServer => _noServer ??= Map(
        "no_server", "$upstream_addr", ("default", "0"), ("\"~(?:^|[ ,])[A-Za-z][A-Za-z0-9_-]*$\"", "1"));

    /// <summary>The client's address, without a dollar sign; empty for a client on a unix socket, which has none.</summary>
    public string ClientAddress => AnySocket ? AddressOf("client_address", "remote_addr") : "remote_addr";

    /// <summary>The address of the peer that holds the connection, without a dollar sign; empty for one on a unix socket.</summary>
    public string PeerAddress => AnySocket ? AddressOf("peer_address", "realip_remote_addr") : "realip_remote_addr";

    /// <summary>1 where the peer is a trusted proxy.</summary>
    public string FromProxy => _fromProxy ??= build.Map("from_proxy", new MapView
    {
        Kind = "geo",
        Purpose = "from_proxy",
        Source = "$realip_remote_addr",
        Variable = "",
        Lines = [new MapLineView("default", "0"), .. build.Spec.TrustedProxies.Select((Cidr block) => new MapLineView(block.ToString(), "1"))],
    });

    /// <summary>The path as it was sent.</summary>
    public string RawPath => _rawPath ??= Map("raw_path", "$request_uri", ("default", "$request_uri"), ($"\"~^(?<{build.Capture("path_before")}>[^?]*)\"", "$" + build.Capture("path_before")));

    /// <summary>The query as it was sent, with its question mark.</summary>
    public string RawQuery => _rawQuery ??= Map("raw_query", "$request_uri", ("default", "\"\""), ($"\"~(?<{build.Capture("query_behind")}>\\?.*)$\"", "$" + build.Capture("query_behind")));

    private bool AnySocket => build.Spec.Sites.Any(site => site.Listen.Any(listen => listen.SocketPath is not null));

    private string AddressOf(string name, string source) => Map(name, "$" + source, ("default", "$" + source), ("unix:", "\"\""));

    private bool AnyHttp3 => build.Spec.Sites.Any(site => site.Http3);

    // Over HTTP/3 there is no Host field, only :authority.
    private string Http3Host => Map("host_or_authority", "$http_host", ("default", "$http_host"), ("\"\"", "$host"));

    private string Map(string name, string source, params ReadOnlySpan<(string Key, string Value)> lines)
    {
        var views = new List<MapLineView>(lines.Length);
        foreach ((string key, string value) in lines)
        {
            views.Add(new MapLineView(key, value));
        }

        return build.Map(name, new MapView { Purpose = name, Source = source, Variable = "", Lines = views });
    }
}

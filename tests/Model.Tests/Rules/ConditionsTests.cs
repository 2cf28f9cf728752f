using System.Text;
using Confgen.Model.Globs;
using Confgen.Model.Regexes;
using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Model.Units;

namespace Confgen.Model.Tests.Rules;

/// <summary>A route whose conditions fail is passed over, and serving a request says so without words.</summary>
public sealed class ConditionsTests
{
    [Theory]
    [InlineData("*", "beta", true)]
    [InlineData("", "beta", true)]
    [InlineData("", "beta=", true)]
    [InlineData("1", "beta", false)]
    [InlineData("*", "alpha", false)]
    [InlineData("*", "", false)]
    [InlineData("1*", "beta=1=2", true)]
    [InlineData("a+b", "beta=a+b", true)]
    [InlineData("a b", "beta=a+b", false)]
    public void A_name_alone_has_an_empty_value_and_nothing_is_decoded(string glob, string query, bool holds) =>
        Assert.Equal(holds, Hold(new RouteConditions { Query = [Condition("beta", glob)] }, new Request(query: query)));

    [Fact]
    public void A_parameters_name_beyond_ASCII_is_compared_as_UTF8() =>
        Assert.True(Hold(new RouteConditions { Query = [Condition("é", "1")] }, new Request(query: "é=1")));

    [Theory]
    [InlineData("1", "beta=1", true)]
    [InlineData("1", "a=b; beta=0; beta=1", true)]
    [InlineData("1", "a=b;beta=1 \t", true)]
    [InlineData("1", "beta=1;", true)]
    [InlineData("1*", "beta=1=2", true)]
    [InlineData("*", "beta=", true)]
    [InlineData("", "beta= ", true)]
    [InlineData("*", "beta", false)]
    [InlineData("1", "beta=\"1\"", false)]
    [InlineData("1", "beta= 1", false)]
    [InlineData("1", "beta =1", false)]
    [InlineData("1", "Beta=1", false)]
    [InlineData("1", "xbeta=1; a=beta=1", false)]
    [InlineData("1", "beta=1, c=2", false)]
    public void A_cookie_is_a_pair_between_semicolons_and_its_value_bytes(string glob, string field, bool holds) =>
        Assert.Equal(
            holds,
            Hold(new RouteConditions { Cookies = [Condition("beta", glob)] }, new Request(headers: [("Cookie", "x=y"), ("Cookie", field)]))
        );

    [Theory]
    [InlineData("10.1.2.3", true)]
    [InlineData("::ffff:10.1.2.3", true)]
    [InlineData("::1", true)]
    [InlineData("11.0.0.1", false)]
    [InlineData("::2", false)]
    [InlineData(null, false)]
    public void A_client_is_in_one_of_the_networks(string? client, bool holds)
    {
        var request = new Request { Client = client is null ? null : System.Net.IPAddress.Parse(client) };
        var within = new RouteConditions { Clients = [Network("10.0.0.0/8"), Network("::1")] };
        Assert.Equal(holds, Hold(within, request));
        Assert.Equal(!holds, Hold(new RouteConditions { Not = [within] }, request));
        Assert.Equal(holds ? null : "the client is in none of 10.0.0.0/8, ::1", Failed(within, request));
    }

    [Theory]
    [InlineData("GET", true)]
    [InlineData("POST", true)]
    [InlineData("get", false)]
    [InlineData("PUT", false)]
    public void A_method_is_compared_with_its_case(string method, bool holds) =>
        Assert.Equal(holds, Hold(new RouteConditions { Methods = ["GET", "POST"] }, new Request(method: method)));

    [Fact]
    public void Each_condition_has_its_words()
    {
        var conditions = new RouteConditions
        {
            Methods = ["GET"],
            Headers = [Condition("A", "1"), Condition("B", "2")],
            Query = [Condition("c", "3"), Condition("d", "4")],
            Cookies = [Condition("e", "5")],
            Not =
            [
                new RouteConditions
                {
                    Methods = ["GET"],
                    Headers = [Condition("F", "6")],
                    Query = [Condition("g", "7")],
                },
            ],
        };
        Assert.Equal("the method is none of GET", Failed(conditions, new Request(method: "PUT")));
        Assert.Equal("no header A matches '1'", Failed(conditions, new Request()));
        Assert.Equal("no header B matches '2'", Failed(conditions, new Request(headers: [("A", "1")])));
        Assert.Equal("no parameter c matches '3'", Failed(conditions, new Request(headers: [("a", "1"), ("b", "2")])));
        Assert.Equal("no parameter d matches '4'", Failed(conditions, new Request(query: "c=3", headers: [("a", "1"), ("b", "2")])));
        Assert.Equal("no cookie e matches '5'", Failed(conditions, new Request(query: "c=3&d=4", headers: [("a", "1"), ("b", "2")])));
        Assert.Null(Failed(conditions, new Request(query: "c=3&d=4", headers: [("a", "1"), ("b", "2"), ("Cookie", "e=5")])));
        Assert.Equal(
            "'not' leaves it out: the method is one of GET and a header F matches '6' and a parameter g matches '7'",
            Failed(conditions, new Request(query: "c=3&d=4&g=7", headers: [("a", "1"), ("b", "2"), ("Cookie", "e=5"), ("f", "6")]))
        );
    }

    [Fact]
    public void Choosing_a_route_allocates_nothing()
    {
        Assert.True(RegexPattern.TryParse(@"\.js$", out RegexPattern? regex, out _, out _));
        var table = new RouteTable([
            RouteOf(PathMatcherKind.Exact, "/healthz"),
            RouteOf(PathMatcherKind.Regex, @"\.js$") with
            {
                Path = new PathMatcher
                {
                    Kind = PathMatcherKind.Regex,
                    Text = @"\.js$",
                    Regex = regex,
                },
            },
            RouteOf(PathMatcherKind.Prefix, "/api") with
            {
                Match = new RouteConditions { Methods = ["POST"], Query = [Condition("beta", "1")] },
            },
            RouteOf(PathMatcherKind.Prefix, "/"),
        ]);
        var request = new Request("/api/users", "x=1&beta=2", "POST");
        for (int i = 0; i <= RegexMatcher.ResponsesWithoutAutomaton; i++)
        {
            Assert.Equal("/", table.Choose(in request)?.Path.Text);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            table.Choose(in request);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static bool Hold(RouteConditions conditions, Request request) =>
        Conditions.Hold(conditions, in request) is var holds && holds == (Failed(conditions, request) is null)
            ? holds
            : throw new InvalidOperationException("the words say otherwise");

    private static string? Failed(RouteConditions conditions, Request request) => Conditions.FirstFailed(conditions, in request);

    private static ValueCondition Condition(string name, string glob) =>
        new(name, Glob.TryParse(glob, out Glob? value, out string? problem) ? value : throw new FormatException(problem));

    private static Cidr Network(string text) =>
        Cidr.TryParse(text, out Cidr block, out string? problem) ? block : throw new FormatException(problem);

    private static Route RouteOf(PathMatcherKind kind, string text) =>
        new()
        {
            Path = new PathMatcher { Kind = kind, Text = text },
            Action = new RespondAction(),
        };

    private sealed class Request(string path = "/", string query = "", string method = "GET", (string Name, string Value)[]? headers = null)
        : IRequestHead
    {
        private readonly byte[] _path = Encoding.UTF8.GetBytes(path);
        private readonly byte[] _query = Encoding.UTF8.GetBytes(query);
        private readonly byte[] _method = Encoding.UTF8.GetBytes(method);

        public ReadOnlySpan<byte> Path => _path;

        public ReadOnlySpan<byte> Query => _query;

        public ReadOnlySpan<byte> Method => _method;

        public System.Net.IPAddress? Client { get; init; }

        public bool HasHeader(string name, ValuePattern value) =>
            (headers ?? []).Any(h =>
                h.Name.Equals(name, StringComparison.OrdinalIgnoreCase) && value.Matches(Encoding.UTF8.GetBytes(h.Value))
            );

        public bool HasCookie(string name, ValuePattern value) =>
            (headers ?? []).Any(h => h.Name == "Cookie" && CookieField.Has(Encoding.UTF8.GetBytes(h.Value), name, value));
    }
}

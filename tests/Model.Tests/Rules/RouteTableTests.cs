using System.Text;
using Confgen.Model.Globs;
using Confgen.Model.Regexes;
using Confgen.Model.Routes;
using Confgen.Model.Rules;

namespace Confgen.Model.Tests.Rules;

/// <summary>Choosing the route: exact, then regexes in the order written, then the longest path; conditions decide among equals.</summary>
public sealed class RouteTableTests
{
    [Theory]
    [InlineData("/api", "path: /api")]
    [InlineData("/api/x", "path: /api")]
    [InlineData("/apifoo", "path: /")]
    [InlineData("/api/v2", "path: /api/v2")]
    [InlineData("/api/v2/", "path: /api/v2")]
    [InlineData("/API", "path: /")]
    [InlineData("/healthz", "exact: /healthz")]
    [InlineData("/healthz/", "path: /")]
    [InlineData("/api/logo.png", @"regex: \.png$")]
    public void The_most_specific_matcher_answers(string path, string expected)
    {
        var table = new RouteTable([Path("/"), Path("/api"), Path("/api/v2"), Exact("/healthz"), Regex(@"\.png$"), Regex("logo")]);
        Assert.Equal(expected, Choose(table, path)?.Path.ToString());
    }

    [Fact]
    public void The_end_of_a_regex_is_never_before_a_newline() => Assert.Null(Choose(new RouteTable([Regex(@"\.png$")]), "/logo.png\n"));

    [Fact]
    public void Exact_goes_before_regex_and_regex_before_a_longer_path()
    {
        var table = new RouteTable([Path("/static/js"), Regex(@"\.js$"), Exact("/static/js/app.js")]);
        Assert.Equal("exact: /static/js/app.js", Choose(table, "/static/js/app.js")?.Path.ToString());
        Assert.Equal(@"regex: \.js$", Choose(table, "/static/js/other.js")?.Path.ToString());
    }

    [Fact]
    public void Regexes_keep_the_order_in_which_they_are_written_first()
    {
        Route plain = Regex("^/a");
        Route post = Regex("^/a") with { Match = new RouteConditions { Methods = ["POST"] } };
        Assert.Equal([post, plain, Regex("^/b"), Path("^/b")], new RouteTable([Path("^/b"), plain, Regex("^/b"), post]).Routes);
    }

    [Fact]
    public void More_conditions_come_first_then_the_order_written()
    {
        Route plain = Path("/api");
        Route post = Path("/api") with { Match = new RouteConditions { Methods = ["POST"] } };
        Route beta = Path("/api") with
        {
            Match = new RouteConditions { Methods = ["POST"], Query = [new ValueCondition("beta", GlobOf("1"))] },
        };
        var table = new RouteTable([plain, post, beta]);
        Assert.Same(plain, Choose(table, "/api"));
        Assert.Same(post, Choose(table, "/api", method: "POST"));
        Assert.Same(beta, Choose(table, "/api", method: "POST", query: "x=2&beta=1"));
    }

    [Theory]
    [InlineData("beta=1", true)]
    [InlineData("a=b&beta=1", true)]
    [InlineData("beta=2&beta=1", true)]
    [InlineData("BETA=1", false)]
    [InlineData("beta=%31", false)]
    [InlineData("beta=11", false)]
    [InlineData("xbeta=1", false)]
    [InlineData("", false)]
    public void A_query_condition_compares_raw_bytes_of_any_occurrence(string query, bool taken)
    {
        Route route = Path("/") with { Match = new RouteConditions { Query = [new ValueCondition("beta", GlobOf("1"))] } };
        Assert.Equal(taken, Choose(new RouteTable([route]), "/", query: query) is not null);
    }

    [Fact]
    public void A_header_condition_takes_any_line_of_the_name()
    {
        Route route = Path("/") with { Match = new RouteConditions { Headers = [new ValueCondition("X-Version", GlobOf("2*"))] } };
        var table = new RouteTable([route]);
        Assert.NotNull(Choose(table, "/", headers: [("x-version", "1"), ("X-VERSION", "2.1")]));
        Assert.Null(Choose(table, "/", headers: [("x-version", "12")]));
    }

    [Fact]
    public void Each_route_passed_over_has_its_reason()
    {
        Route post = Path("/api") with { Match = new RouteConditions { Methods = ["POST"] } };
        var head = new TestHead("/api/x", "", "GET", []);
        IReadOnlyList<(Route Route, string? PassedOver)> tried = new RouteTable([post, Exact("/api"), Path("/")]).Explain(in head);
        Assert.Equal(["the path doesn't match", "the method is none of POST", null], tried.Select(t => t.PassedOver));
    }

    // The index against the rule itself: the first in order whose matcher takes the path and whose conditions hold.
    [Fact]
    public void The_index_finds_what_the_order_says()
    {
        var random = new Random(1);
        string[] paths = ["/", "/a", "/a/", "/a/b", "/a/b/c", "/ab", "/b/c", "/a.b", "/b", "/a/b/", "/c/a/b/c/d", "/\u00e9"];
        for (int round = 0; round < 2000; round++)
        {
            Route[] routes =
            [
                .. Enumerable
                    .Range(0, random.Next(8))
                    .Select(_ =>
                    {
                        string path = paths[random.Next(paths.Length)];
                        Route route = random.Next(3) switch
                        {
                            0 => Exact(path),
                            1 => Regex("^" + path),
                            _ => Path(path),
                        };
                        return random.Next(2) == 0
                            ? route
                            : route with
                            {
                                Match = new RouteConditions { Methods = [random.Next(2) == 0 ? "GET" : "POST"] },
                            };
                    }),
            ];
            var table = new RouteTable([.. routes]);
            foreach (string path in paths)
            {
                byte[] bytes = Encoding.UTF8.GetBytes(path);
                var head = new EvaluatedHead(bytes);
                Route? expected = table.Explain(in head) is [.., (var last, null)] ? last : null;
                Assert.Same(expected, table.Choose(in head));
                Assert.Equal(expected, table.Taking(bytes).FirstOrDefault(r => r.Match.Count == 0 || r.Match.Methods is ["GET"]));
            }
        }
    }

    private readonly struct EvaluatedHead(byte[] path) : IRequestHead
    {
        public ReadOnlySpan<byte> Path => path;

        public ReadOnlySpan<byte> Query => default;

        public ReadOnlySpan<byte> Method => "GET"u8;

        public System.Net.IPAddress? Client => null;

        public bool HasHeader(string name, ValuePattern value) => false;

        public bool HasCookie(string name, ValuePattern value) => false;
    }

    private static Route? Choose(
        RouteTable table,
        string path,
        string query = "",
        string method = "GET",
        (string, string)[]? headers = null
    )
    {
        var head = new TestHead(path, query, method, headers ?? []);
        return table.Choose(in head);
    }

    private static Route Path(string path) => Of(PathMatcherKind.Prefix, path, null);

    private static Route Exact(string path) => Of(PathMatcherKind.Exact, path, null);

    private static Route Regex(string regex) =>
        RegexPattern.TryParse(regex, out RegexPattern? parsed, out string? problem, out _)
            ? Of(PathMatcherKind.Regex, regex, parsed)
            : throw new InvalidOperationException(problem);

    private static Route Of(PathMatcherKind kind, string text, RegexPattern? regex) =>
        new()
        {
            Path = new PathMatcher
            {
                Kind = kind,
                Text = text,
                Regex = regex,
            },
            Action = new RespondAction(),
        };

    private static Glob GlobOf(string text) =>
        Glob.TryParse(text, out Glob? glob, out _) ? glob : throw new InvalidOperationException(text);

    private sealed class TestHead(string path, string query, string method, (string Name, string Value)[] headers) : IRequestHead
    {
        private readonly byte[] _path = Encoding.UTF8.GetBytes(path);
        private readonly byte[] _query = Encoding.UTF8.GetBytes(query);
        private readonly byte[] _method = Encoding.UTF8.GetBytes(method);

        public ReadOnlySpan<byte> Path => _path;

        public ReadOnlySpan<byte> Query => _query;

        public ReadOnlySpan<byte> Method => _method;

        public System.Net.IPAddress? Client => null;

        public bool HasHeader(string name, ValuePattern value) =>
            headers.Any(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase) && value.Matches(Encoding.UTF8.GetBytes(h.Value)));

        public bool HasCookie(string name, ValuePattern value) => false;
    }
}

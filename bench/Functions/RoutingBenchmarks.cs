using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using Confgen.Model.Globs;
using Confgen.Model.Routes;
using Confgen.Model.Rules;
using Confgen.Model.Sites;
using Confgen.Model.Units;

namespace Confgen.Benchmarks;

/// <summary>
/// Choosing site and route: what each request costs, by the number of routes and hosts, for the first and the last of them.
/// </summary>
[MemoryDiagnoser]
public class RoutingBenchmarks
{
    private RouteTable _routes = new([]);
    private SiteTable _sites = new([]);
    private byte[] _path = [];
    private string _host = "";

    [Params(1, 30, 3000)]
    public int Count { get; set; }

    [Params(false, true)]
    public bool IsLast { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _routes = new RouteTable([
            .. Enumerable
                .Range(0, Count)
                .Select(i => new Route
                {
                    Path = new PathMatcher { Kind = PathMatcherKind.Prefix, Text = Path(i) },
                    Action = new RespondAction { Status = 200 },
                }),
        ]);
        _sites = new SiteTable(
            Enumerable.Range(0, Count).Select(i => new Site { Hosts = [new HostPattern(HostPatternKind.Wildcard, Host(i))] })
        );
        int at = IsLast ? Count - 1 : 0;
        (_path, _host) = (Encoding.ASCII.GetBytes(Path(at) + "/users/42"), "www." + Host(at));
    }

    [Benchmark]
    public Route? ChooseRoute()
    {
        var head = new Head(_path);
        return _routes.Choose(in head);
    }

    [Benchmark]
    public Site? FindSite() => _sites.Find(_host);

    private static string Path(int i) => string.Create(CultureInfo.InvariantCulture, $"/service/{i:0000}");

    private static string Host(int i) => string.Create(CultureInfo.InvariantCulture, $"site{i:0000}.example.com");

    private readonly ref struct Head(ReadOnlySpan<byte> path) : IRequestHead
    {
        public ReadOnlySpan<byte> Path { get; } = path;

        public ReadOnlySpan<byte> Query => default;

        public ReadOnlySpan<byte> Method => "GET"u8;

        public System.Net.IPAddress? Client => null;

        public bool HasHeader(string name, Glob value) => false;

        public bool HasCookie(string name, Glob value) => false;
    }
}

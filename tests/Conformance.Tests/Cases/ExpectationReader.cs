using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Confgen.Conformance.Tests.Cases;

/// <summary>Reads what is expected, over what is expected anyway.</summary>
internal static class ExpectationReader
{
    private static readonly string[] _nobody = ["none", ""];

    public static Expectation Read(CaseMap map, Expectation? under)
    {
        Expectation basis = under ?? new Expectation();
        IReadOnlyList<HeaderCheck> upstream = HeadersOf(map, "upstream");
        IReadOnlyList<HeaderCheck> reply = HeadersOf(map, "reply");
        string[] keys =
        [
            "at",
            "target",
            "upstream_method",
            "upstream_version",
            "upstream_body",
            "upstream_trailers",
            "status",
            "reply_body",
            "reply_trailers",
            "complete",
            "interim",
            "no_answer",
            "upstream_ended",
            "certificate",
            "logged",
            "closes",
            "asked",
            "refused",
            "own",
            "echoes",
            "broken",
            "open",
        ];
        var given = new HashSet<string>(keys.Where(map.Has));
        given.UnionWith(upstream.Select(h => "upstream " + h.Name.ToLowerInvariant()));
        given.UnionWith(reply.Select(h => "reply " + h.Name.ToLowerInvariant()));
        if (under is null && !given.Overlaps(["at", "status", "no_answer", "refused", "open"]))
        {
            throw new CaseException($"{map.At}: 'at' or 'status' must tell who answers");
        }

        CaseMap? asked = map.Map("asked");
        CaseMap? logged = map.Map("logged");
        var result = basis with
        {
            At = map.Has("at") ? AtOf(map.Texts("at")) : basis.At,
            Target = map.Text("target") ?? basis.Target,
            Method = map.Text("upstream_method") ?? basis.Method,
            Version = map.Text("upstream_version") ?? basis.Version,
            Upstream = Over(basis.Upstream, upstream),
            UpstreamBody = BodyOf(map, "upstream_body") ?? basis.UpstreamBody,
            UpstreamTrailers = map.Has("upstream_trailers") ? map.Texts("upstream_trailers") : basis.UpstreamTrailers,
            Asked = asked is null
                ? basis.Asked
                : asked.Keys.ToDictionary(k => k, k => AskedOf(asked.Map(k) ?? throw new CaseException($"{asked.At}: {k}"))),
            Status = map.Has("status") ? Numbers(map, "status") : basis.Status,
            Reply = Over(basis.Reply, reply),
            ReplyBody = BodyOf(map, "reply_body") ?? basis.ReplyBody,
            ReplyContains = map.Text("reply_contains") ?? basis.ReplyContains,
            ReplyTrailers = map.Has("reply_trailers") ? map.Texts("reply_trailers") : basis.ReplyTrailers,
            Complete = map.Has("complete") ? map.Flag("complete") : basis.Complete,
            Interim = map.Has("interim") ? Numbers(map, "interim") : basis.Interim,
            NoResponse = map.Has("no_answer") ? map.Flag("no_answer") : basis.NoResponse,
            Refused = map.Has("refused") ? map.Flag("refused") : basis.Refused,
            Broken = map.Has("broken") ? map.Flag("broken") : basis.Broken,
            Open = map.Has("open") ? map.Flag("open") : basis.Open,
            Own = map.Has("own") ? map.Flag("own") : basis.Own,
            Echoes = map.Has("echoes") ? map.Texts("echoes") : basis.Echoes,
            UpstreamEnded = map.Has("upstream_ended") ? map.Flag("upstream_ended") : basis.UpstreamEnded,
            Certificate = map.Text("certificate") ?? basis.Certificate,
            Logged = logged is null
                ? basis.Logged
                : new LogCheck(logged.Text("file") ?? "", logged.Text("matches") ?? "", logged.Text("never")),
            Closes = map.Has("closes") ? map.Flag("closes") : basis.Closes,
            Given = new HashSet<string>(given),
        };
        logged?.Done();
        return result;
    }

    private static Asked AskedOf(CaseMap map)
    {
        var asked = new Asked(
            map.Text("method") ?? "GET",
            map.Text("target") ?? throw new CaseException($"{map.At}: 'target' is missing"),
            BodyOf(map, "body") ?? "",
            HeadersOf(map, "headers")
        );
        map.Done();
        return asked;
    }

    private static IReadOnlyList<string>? AtOf(IReadOnlyList<string> names) =>
        names switch
        {
            ["any"] => null,
            [var one] when _nobody.Contains(one) => [],
            _ => names,
        };

    private static HeaderCheck[] Over(IReadOnlyList<HeaderCheck> basis, IReadOnlyList<HeaderCheck> over) =>
        [.. basis.Where(b => !over.Any(o => o.Name.Equals(b.Name, StringComparison.OrdinalIgnoreCase))), .. over];

    private static IReadOnlyList<HeaderCheck> HeadersOf(CaseMap map, string key) =>
        map.Map(key) is { } headers ? [.. headers.Keys.Select(name => HeaderOf(headers, name))] : [];

    private static HeaderCheck HeaderOf(CaseMap headers, string name)
    {
        YamlNode node = headers.Node(name) ?? throw new CaseException($"{headers.At}: {name}");
        if (node is YamlMappingNode)
        {
            CaseMap pattern = headers.Child(node);
            var check = new HeaderCheck(
                name,
                null,
                pattern.Text("matches") ?? throw new CaseException($"{pattern.At}: 'matches' is missing")
            );
            pattern.Done();
            return check;
        }

        return new HeaderCheck(name, CaseMap.IsNull(node) ? [] : headers.Texts(name));
    }

    private static string? BodyOf(CaseMap map, string key) => map.Node(key) is { } node ? BodyReader.Read(map, node) : null;

    private static int[] Numbers(CaseMap map, string key) =>
        [.. map.Texts(key).Where(t => t.Length > 0).Select(t => int.Parse(t, CultureInfo.InvariantCulture))];
}

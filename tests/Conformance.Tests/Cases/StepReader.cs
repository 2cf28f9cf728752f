using System.Globalization;
using System.Security.Authentication;
using Confgen.Compiler.Rendering;
using Confgen.Conformance.Tests.Backends;
using Confgen.Conformance.Tests.Wire;
using YamlDotNet.RepresentationModel;

namespace Confgen.Conformance.Tests.Cases;

/// <summary>Reads an entry of <c>requests:</c>; one with <c>targets</c> becomes a step for each.</summary>
internal static class StepReader
{
    private static readonly string[] _methods = ["get", "head", "post", "put", "patch", "delete", "options", "trace"];

    public static IReadOnlyList<Step> Read(CaseMap map, string defaultHost)
    {
        Request template = RequestOf(map, defaultHost);
        Expectation expect = ExpectationReader.Read(map, null);
        IReadOnlyDictionary<string, Response> responses = ResponsesOf(map);
        List<Difference> differs = [];
        if (map.Map("differs") is { } all)
        {
            foreach (string key in all.Keys)
            {
                CaseMap difference = all.Map(key) ?? throw new CaseException($"{all.At}: '{key}' is empty");
                string declared =
                    difference.Text("declared")
                    ?? throw new CaseException($"{difference.At}: 'declared' is missing: a piece of the warning that tells of it");
                string[] words = key.Split(" since ");
                TargetVersion since = default;
                if (words.Length > 1 && !TargetVersion.TryParse(words[1], out since))
                {
                    throw new CaseException($"{all.At}: '{key}' is no program, and no 'PROGRAM since VERSION'");
                }

                differs.Add(
                    new Difference(
                        words[0],
                        words.Length > 1 ? since : null,
                        declared,
                        ExpectationReader.Read(difference, expect),
                        CountsOf(difference),
                        difference.Integer("connections")
                    )
                );
                difference.Done();
            }
        }

        string about = map.Text("about") is { } said ? $" ({said})" : "";
        var step = new Step
        {
            Title = "",
            Request = template,
            Responses = responses,
            Expect = expect,
            Differs = differs,
            Repeat = map.Integer("repeat") ?? 1,
            Rest = TimeSpan.FromMilliseconds(map.Integer("rest") ?? 0),
            Counts = CountsOf(map),
            Connections = map.Integer("connections"),
            Patience = map.Integer("patience") is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Jar = map.Text("jar"),
            Probes = map.Map("probes") is { } probes
                ? probes.Keys.ToDictionary(k => k, k => probes.Integer(k) ?? 200)
                : new Dictionary<string, int>(),
            Sticky = map.Flag("sticky"),
            Eventually = map.Flag("eventually"),
            Meanwhile = [.. map.Maps("meanwhile").SelectMany(m => Read(m, defaultHost))],
        };
        List<(string Sent, string? Arrives)> targets = TargetsOf(map);
        map.Done();
        Step[] steps =
            targets.Count == 0
                ? [step]
                :
                [
                    .. targets.Select(t =>
                        step with
                        {
                            Request = template with { Target = t.Sent },
                            Expect = t.Arrives is null
                                ? expect
                                : expect with
                                {
                                    Target = t.Arrives,
                                    Given = new HashSet<string>(expect.Given) { "target" },
                                },
                        }
                    ),
                ];
        return [.. steps.Select(s => s with { Title = $"{map.At}: {s.Request.Method} {Bytes.Show(s.Request.Target)}{about}" })];
    }

    private static List<(string Sent, string? Arrives)> TargetsOf(CaseMap map) =>
        map.Node("targets") switch
        {
            null => [],
            YamlMappingNode pairs => [.. pairs.Children.Select(p => (map.Scalar(p.Key), (string?)map.Scalar(p.Value)))],
            var list => [.. CaseMap.Items(list).Select(n => (map.Scalar(n), (string?)null))],
        };

    private static Request RequestOf(CaseMap map, string defaultHost)
    {
        string? host = map.Node("host") is { } node ? (CaseMap.IsNull(node) ? null : map.Scalar(node)) : defaultHost;
        string port = map.Text("port") ?? "${HTTP}";
        string? raw = map.Text("raw")?.Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal);
        (string method, string target) = Line(map, raw);
        string[] rawLines =
        [
            .. (raw ?? "")
                .Split("\r\n")
                .Skip(1)
                .TakeWhile(l => l.Length > 0)
                .Where(l => l.IndexOf(':', StringComparison.Ordinal) > 0 && !l.StartsWith(' ')),
        ];
        if (raw is not null)
        {
            host = rawLines.FirstOrDefault(l => l.StartsWith("Host:", StringComparison.OrdinalIgnoreCase))?[5..].Trim();
        }
        CaseMap? tls = map.Map("tls");
        var request = new Request
        {
            Method = method,
            Target = target,
            Host = host,
            Headers = raw is null ? map.Texts("headers") : rawLines,
            Raw = map.Text("bytes") ?? raw,
            Body = map.Has("chunked") ? PiecesOf(map, "chunked") : PiecesOf(map, "body"),
            Chunked = map.Has("chunked"),
            Trailers = map.Texts("trailers"),
            InStep = map.Flag("in_step"),
            Pause = TimeSpan.FromMilliseconds(map.Integer("pause") ?? 0),
            Socket = map.Text("socket"),
            WaitsForContinue = map.Flag("continue"),
            Port = PortOf(map, port),
            Connection = map.Text("connection"),
            From = map.Text("from"),
            Tls = tls is null ? null : TlsOf(tls, host ?? ""),
            Http2 = map.Flag("http2"),
            Leaves = Enum.Parse<Leaving>(map.Text("leaves") ?? "never", ignoreCase: true),
            WebSocket = map.Has("websocket") ? PiecesOf(map, "websocket") : null,
        };
        return request.WebSocket is null || map.Has("raw") || request.Fields.Any(f => f.Is("Upgrade"))
            ? request
            : request with
            {
                Headers =
                [
                    "Connection: Upgrade",
                    "Upgrade: websocket",
                    "Sec-WebSocket-Version: 13",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                    .. request.Headers,
                ],
            };
    }

    private static (string Method, string Target) Line(CaseMap map, string? raw)
    {
        string[] given = [.. _methods.Where(map.Has)];
        string? line =
            given.Length == 1
                ? $"{given[0].ToUpperInvariant()} {map.Text(given[0])}"
                : map.Text("request")
                    ?? raw?.Split("\r\n")[0].Replace(" HTTP/1.1", "", StringComparison.Ordinal)
                    ?? map.Text("bytes")?.Split("\r\n")[0];
        if (line is not null)
        {
            int space = line.IndexOf(' ', StringComparison.Ordinal);
            return space < 0 ? (line, "") : (line[..space], line[(space + 1)..]);
        }

        return map.Has("targets")
            ? (map.Text("method") ?? "GET", "")
            : throw new CaseException($"{map.At}: no request: 'get: /', 'request: \"FOO /\"', 'targets' or 'raw'");
    }

    private static int PortOf(CaseMap map, string port)
    {
        string text = port == "${HTTP}" ? map.Scalar(new YamlScalarNode(port)) : port;
        return int.TryParse(text, CultureInfo.InvariantCulture, out int number) ? number : 0;
    }

    private static RequestTls TlsOf(CaseMap map, string host)
    {
        SslProtocols protocols = map.Text("version") switch
        {
            null => SslProtocols.None,
            "1.1" => SslProtocols.Tls11,
            "1.2" => SslProtocols.Tls12,
            "1.3" => SslProtocols.Tls13,
            var other => throw new CaseException($"{map.At}: TLS '{other}'"),
        };
        var tls = new RequestTls(
            map.Text("sni") ?? host.Split(':')[0],
            protocols,
            map.Text("certificate"),
            [.. map.Texts("ciphers").Select(Enum.Parse<System.Net.Security.TlsCipherSuite>)]
        );
        map.Done();
        return tls;
    }

    private static string[] PiecesOf(CaseMap map, string key) =>
        map.Node(key) is { } node ? [.. CaseMap.Items(node).Select(n => BodyReader.Read(map, n))] : [];

    private static Dictionary<string, Response> ResponsesOf(CaseMap map)
    {
        var responses = new Dictionary<string, Response>();
        if (map.Node("answer") is { } response)
        {
            responses["*"] = ResponseReader.Read(map.Child(response));
        }

        if (map.Map("answers") is { } byName)
        {
            foreach (string name in byName.Keys)
            {
                responses[name] = ResponseReader.Read(byName.Map(name) ?? throw new CaseException($"{byName.At}: '{name}' is empty"));
            }
        }

        return responses;
    }

    private static Dictionary<string, (int Least, int Most)>? CountsOf(CaseMap map) =>
        map.Map("counts") is { } counts ? counts.Keys.ToDictionary(k => k, k => RangeOf(counts.Text(k) ?? "")) : null;

    private static (int Least, int Most) RangeOf(string text)
    {
        string[] ends = text.Split('-');
        return (int.Parse(ends[0], CultureInfo.InvariantCulture), int.Parse(ends[^1], CultureInfo.InvariantCulture));
    }
}

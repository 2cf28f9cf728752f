using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Confgen.Cli.Output;
using Confgen.Cli.Testing.OnPrograms;
using Confgen.Cli.Verifying;
using Confgen.Compiler;
using Confgen.Compiler.Rendering;
using Confgen.Model;
using Confgen.Model.Rules;
using Confgen.Targets.Importing;
using Confgen.Targets.Importing.Proving;

namespace Confgen.Cli.Importing.Proving;

/// <summary>
/// Runs an original on its own program, and the spec that it became on nginx, Caddy and the built-in proxy, each with mocks in place of its
/// upstreams; sends all of them the same requests, and keeps what differs.
/// </summary>
/// <param name="surroundings">The world.</param>
/// <param name="compilation">What the spec was compiled by.</param>
/// <param name="spec">The spec.</param>
/// <param name="import">What the import has told.</param>
/// <param name="progress">Says what is under way.</param>
internal sealed partial class Prover(
    CliEnvironment surroundings,
    Compilation compilation,
    Spec spec,
    ImportResult import,
    Progress progress
)
{
    private const int MostDropped = 12;

    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(4);
    private readonly Evaluator _evaluator = new(spec);
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly List<(string Program, string Reason)> _notRun = [];
    private readonly List<string> _dropped = [];

    /// <summary>The result; <see cref="IOException"/> tells why the original doesn't run.</summary>
    /// <param name="importer">Reads the original.</param>
    /// <param name="request">The original.</param>
    /// <param name="executable">The original's program; the installed one unless given.</param>
    public async Task<ProofResult> RunAsync(IProvingImporter importer, ImportRequest request, string? executable)
    {
        // The paths are known before the ports are.
        IReadOnlyList<NamedPath> paths = Paths(importer, request);
        IReadOnlyList<Probe> probes = Probes.Of(spec, paths);
        progress.Show($"running the original on {importer.Name}");
        ProbeResult?[] original = await OnOriginalAsync(importer, request, executable, probes);
        var programs = new List<string>();
        var differences = new List<ProbeDifference>();
        foreach (string name in (string[])["nginx", "caddy", BuiltInServer.Name])
        {
            if (ProgramChoice.Fault(surroundings, name) is var (problem, _))
            {
                _notRun.Add((name, problem));
                continue;
            }

            try
            {
                ProbeResult?[] imported = await OnSpecAsync(name, probes);
                programs.Add(name);
                for (int i = 0; i < probes.Count; i++)
                {
                    if (original[i] is { } from && imported[i] is { } to)
                    {
                        differences.AddRange(ProbeComparison.Of(name, probes[i], from, to).Select(d => d with { IsTold = IsTold(d) }));
                    }
                }
            }
            catch (NotServedException e)
            {
                _notRun.Add((name, string.Join("; ", e.Reasons.Select(r => $"{r.Span}: {r.Message}").Distinct().Take(3))));
            }
            catch (IOException e)
            {
                _notRun.Add((name, e.Message));
            }
        }

        return new ProofResult(importer.Name, programs, original.Count(r => r is not null), probes.Count, differences, _notRun, _dropped);
    }

    // The report quotes the paths that get another response, and the fields that the original sends several times.
    private bool IsTold(ProbeDifference difference)
    {
        EvaluatedRequest request = difference.Probe.Request;
        string quoted = $"'{_evaluator.Evaluate(request).Path ?? request.Target.Split('?')[0]}'";
        string field = difference.What.StartsWith("request: ", StringComparison.Ordinal) ? difference.What["request: ".Length..] : "";
        string[] words =
            field.Length == 0 ? [quoted]
            : field.Contains('_', StringComparison.Ordinal) ? [quoted, $"'{field}'"]
            : [quoted, $"'{field}' each time"];
        return import.Directives.Any(d => words.Any(word => d.Reason?.Contains(word, StringComparison.OrdinalIgnoreCase) == true));
    }

    private static IReadOnlyList<NamedPath> Paths(IProvingImporter importer, ImportRequest request) =>
        importer.Stage(request, new NoPlaces()).Paths;

    private async Task<ProbeResult?[]> OnOriginalAsync(
        IProvingImporter importer,
        ImportRequest request,
        string? executable,
        IReadOnlyList<Probe> probes
    )
    {
        using var folder = new TemporaryFolder();
        AddressMapping mapping = Mapping(probes);
        var scripts = new ProbeScripts(spec, probes);
        var staged = new StagedFiles(folder.Path, spec, surroundings.Clock, scripts.Fill);
        await using var mocks = new MockUpstreams(mapping, ProbeUpstream.RespondAny, p => scripts.Run(p, staged.ToReal));
        var places = new StagedPlaces(folder.Path, mapping, mocks, staged);
        IReadOnlyList<RenderedFile> files = importer.Stage(request, places).Files;
        IPEndPoint[] listeners =
        [
            .. Port()
                .Matches(files[0].Text)
                .Select(m => int.Parse(m.Groups["port"].ValueSpan, CultureInfo.InvariantCulture))
                .Distinct()
                .Where(p => mapping.IsOpened(p))
                .Select(p => new IPEndPoint(IPAddress.Loopback, p)),
        ];
        while (true)
        {
            try
            {
                await using ExternalProgram server = StagedProgram.Start(surroundings, importer.Name, files, folder, executable);
                await StagedProgram.WaitAsync(surroundings, server, listeners);
                return await SendAsync(probes, mapping, mocks, _ => IPAddress.Loopback);
            }
            catch (IOException e) when (Unknown().Match(e.Message) is { Success: true } unknown && _dropped.Count < MostDropped)
            {
                // A module that isn't here.
                string name = unknown.Groups["name"].Value;
                var lines = new Regex($@"^\s*{Regex.Escape(name)}\s[^{{}};\n]*;?\s*$\n", RegexOptions.Multiline, TimeSpan.FromSeconds(1));
                string text = lines.Replace(files[0].Text, "");
                if (text == files[0].Text)
                {
                    throw;
                }

                _dropped.Add(name);
                files = [files[0] with { Text = text }, .. files.Skip(1)];
            }
        }
    }

    private async Task<ProbeResult?[]> OnSpecAsync(string name, IReadOnlyList<Probe> probes)
    {
        progress.Show($"running the spec on {name}");
        using var folder = new TemporaryFolder();
        AddressMapping mapping = Mapping(probes);
        var scripts = new ProbeScripts(spec, probes);
        var files = new StagedFiles(folder.Path, spec, surroundings.Clock, scripts.Fill);
        await using var mocks = new MockUpstreams(mapping, ProbeUpstream.RespondAny, p => scripts.Run(p, files.ToReal));
        Spec staged = StagedSpec.Of(Unlimited(spec), mapping, mocks, files);
        await using IRunningServer server = await StagedProgram.StartAsync(surroundings, compilation, name, staged, folder);
        IReadOnlyList<ListenerModel> listeners = Listeners.Of(spec);
        return await SendAsync(
            probes,
            mapping,
            mocks,
            request =>
                mapping.Listening(
                    listeners.FirstOrDefault(l => l.Address.SocketPath is null && l.Address.Port == request.Port)?.Address.Address
                )
        );
    }

    // Rates would count the requests of all probes.
    private static Spec Unlimited(Spec spec) =>
        spec with
        {
            Sites = spec
                .Sites.Select(s => s with { Routes = s.Routes.Select(r => r with { RateLimit = null }).ToValueList() })
                .ToValueList(),
        };

    private static AddressMapping Mapping(IReadOnlyList<Probe> probes)
    {
        var mapping = new AddressMapping();
        foreach (Probe probe in probes)
        {
            mapping.Client(probe.From);
        }

        return mapping;
    }

    private async Task<ProbeResult?[]> SendAsync(
        IReadOnlyList<Probe> probes,
        AddressMapping mapping,
        MockUpstreams mocks,
        Func<EvaluatedRequest, IPAddress> listening
    )
    {
        var results = new ProbeResult?[probes.Count];
        for (int i = 0; i < probes.Count && Stopwatch.GetElapsedTime(_start) < _limit; i++)
        {
            EvaluatedRequest request = probes[i].Request;
            mocks.TakeLast();
            MessageHead? response = null;
            try
            {
                response = await RawExchange.SendAsync(
                    request,
                    new string('x', probes[i].Length),
                    new IPEndPoint(listening(request), mapping.Port(request.Port)),
                    mapping.Client(request.Peer),
                    verify: false,
                    surroundings.Stopping
                );
            }
            catch (IOException)
            {
                // No response is a result as well.
            }

            MockRequest? seen = mocks.TakeLast();
            results[i] = new ProbeResult(
                response?.StartLine.Split(' ') is [_, var status, ..]
                && int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                    ? number
                    : null,
                Real(response),
                seen,
                Real(seen?.Head)
            );
        }

        return results;

        IReadOnlyList<KeyValuePair<string, string>> Real(MessageHead? head) =>
            head is null ? [] : [.. head.Fields.Select(f => KeyValuePair.Create(f.Key, mapping.ToReal(f.Value)))];
    }

    [GeneratedRegex(@":(?<port>[0-9]{5})\b|_port (?<port>[0-9]{5})\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Port();

    [GeneratedRegex(@"unknown directive ""(?<name>[^""]+)""|unrecognized directive: (?<name>\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Unknown();

    /// <summary>Leaves everything as it is.</summary>
    private sealed class NoPlaces : IStagingPlaces
    {
        public string Folder => "/";

        public string Certificate => "";

        public string Key => "";

        public int Port(int real) => real;

        public string Server(string host, int port) => string.Create(CultureInfo.InvariantCulture, $"{host}:{port}");

        public IReadOnlyList<string> Clients(string network) => [network];

        public string File(string real) => real;

        public string Script(string host, int port) => Server(host, port);

        public string Directory(string real) => real;
    }
}

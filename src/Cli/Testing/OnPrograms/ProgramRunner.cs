using System.Globalization;
using System.Net;
using Confgen.Cli.Verifying;
using Confgen.Compiler;
using Confgen.Model;
using Confgen.Model.Expectations;
using Confgen.Model.Routes;
using Confgen.Model.Rules;

namespace Confgen.Cli.Testing.OnPrograms;

/// <summary>
/// Runs a spec's expectations on a real program, or on the built-in proxy, started here for it with stand-ins for the upstreams.
/// </summary>
internal sealed class ProgramRunner(CliEnvironment surroundings, Compilation compilation, Spec spec)
{
    private static readonly HashSet<string> _route = ["route"];
    private static readonly HashSet<string> _routeAndStatus = ["route", "status"];

    private readonly ModelRunner _model = new(spec);

    /// <summary>
    /// The results on one program. An <see cref="IOException"/> or a <see cref="NotServedException"/> tells why there are none.
    /// </summary>
    /// <param name="name">A target's name, or <c>serve</c>.</param>
    public async Task<IReadOnlyList<TestResult>> RunAsync(string name)
    {
        using var folder = new TemporaryFolder();
        var disguise = new AddressMapping();
        foreach (Expectation test in spec.Tests)
        {
            disguise.Client(RequestOf(test, disguise).Peer);
        }

        await using var standIns = new MockUpstreams(disguise);
        Spec staged = StagedSpec.Of(spec, disguise, standIns, new StagedFiles(folder.Path, spec, surroundings.Clock));
        await using IRunningServer server = await StagedProgram.StartAsync(surroundings, compilation, name, staged, folder);
        var results = new List<TestResult>();
        foreach (Expectation test in spec.Tests)
        {
            Outcome got = await TryAsync(test, disguise, standIns);
            results.Add(Judge.Of(test, server.Ended is { } ended ? got with { Why = ended } : got, name));
        }

        return results;
    }

    private async Task<Outcome> TryAsync(Expectation test, AddressMapping disguise, MockUpstreams standIns)
    {
        Evaluation expected = _model.Evaluate(test);
        EvaluatedRequest request = RequestOf(test, disguise);
        IReadOnlySet<string> unknown =
            expected.Route?.Action is FilesAction { Root: var root } && !Directory.Exists(root) ? _routeAndStatus : _route;
        if (ListenerOf(expected, request) is not { } listener)
        {
            return new Outcome
            {
                Unknown = unknown,
                Why = string.Create(CultureInfo.InvariantCulture, $"no site listens on port {request.Port}"),
            };
        }

        var place = new IPEndPoint(disguise.Listening(listener.Address.Address), disguise.Port(request.Port));
        standIns.TakeLast();
        try
        {
            MessageHead response = await RawExchange.SendAsync(
                request,
                test.Body ?? "",
                place,
                disguise.Client(request.Peer),
                verify: false,
                surroundings.Stopping
            );
            MockRequest? seen = standIns.TakeLast();
            return new Outcome
            {
                Status =
                    response.StartLine.Split(' ') is [_, var status, ..]
                    && int.TryParse(status, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                        ? number
                        : null,
                Headers = Real(response),
                Upstream = seen?.Upstream,
                Target = seen?.Head.StartLine.Split(' ') is [_, var target, _] ? target : null,
                UpstreamHeaders = seen is null ? [] : Real(seen.Head),
                Unknown = unknown,
                Why = "the model says: " + ModelRunner.Why(expected),
            };
        }
        catch (IOException e)
        {
            return new Outcome { Unknown = unknown, Why = e.Message };
        }

        IReadOnlyList<KeyValuePair<string, string>> Real(MessageHead head) =>
            [.. head.Fields.Select(f => KeyValuePair.Create(f.Key, disguise.ToReal(f.Value)))];
    }

    private ListenerModel? ListenerOf(Evaluation expected, EvaluatedRequest request)
    {
        ListenerModel[] there =
        [
            .. Listeners.Of(spec).Where(l => l.Address.SocketPath is null && l.Address.Port == request.Port && l.HasTls == request.Https),
        ];
        return there.FirstOrDefault(l => expected.Site is { } site && (l.Sites.Contains(site) || l.Redirects.Contains(site)))
            ?? there.FirstOrDefault();
    }

    private static EvaluatedRequest RequestOf(Expectation test, AddressMapping disguise)
    {
        EvaluatedRequest request = ModelRunner.RequestOf(test);
        return request with
        {
            Headers = request
                .Headers.Select(h =>
                    h.Key.Equals("X-Forwarded-For", StringComparison.OrdinalIgnoreCase)
                        ? KeyValuePair.Create(h.Key, disguise.ToStaged(h.Value))
                        : h
                )
                .ToValueList(),
        };
    }
}

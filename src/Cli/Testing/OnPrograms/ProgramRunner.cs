using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Confgen.Cli.Verifying;
using Confgen.Compiler;
using Confgen.Compiler.Rendering;
using Confgen.Model;
using Confgen.Model.Diagnostics;
using Confgen.Model.Expectations;
using Confgen.Model.Routes;
using Confgen.Model.Rules;

namespace Confgen.Cli.Testing.OnPrograms;

/// <summary>
/// Runs a spec's expectations on a real program, or on the built-in proxy, started here for it with stand-ins for the upstreams.
/// </summary>
internal sealed class ProgramRunner(CliEnvironment surroundings, Compilation compilation, Spec spec)
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(15);
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
        await using IRunningServer server =
            name == BuiltInServer.Name ? await BuiltInServer.StartAsync(staged, folder.Path) : Start(name, staged, folder);
        await WaitAsync(server, staged);
        var results = new List<TestResult>();
        foreach (Expectation test in spec.Tests)
        {
            Outcome got = await TryAsync(test, disguise, standIns);
            results.Add(Judge.Of(test, server.Ended is { } ended ? got with { Why = ended } : got, name));
        }

        return results;
    }

    private ExternalProgram Start(string name, Spec staged, TemporaryFolder folder)
    {
        ITarget target = surroundings.Targets().First(t => t.Name == name);
        IServingProgram program = surroundings.Programs().OfType<IServingProgram>().First(p => p.Target == name);
        RenderResult rendered = compilation.With(staged).Render(target, Layout.Complete, singleFile: true);
        if (rendered.Files.Count == 0)
        {
            throw new NotServedException([.. rendered.Diagnostics.Where(d => d.Severity == Severity.Error)]);
        }

        folder.Write(rendered.Files);
        ProgramCall call = program.Serve(folder.Path, rendered.Files);
        folder.Write(call.Files);
        string executable =
            Executables.Find(program.Executable, surroundings.Variable)
            ?? throw new IOException($"{program.Executable} is not installed here");
        return ExternalProgram.Start(executable, call, folder.Path);
    }

    // Every listener takes connections before the first request.
    private async Task WaitAsync(IRunningServer server, Spec staged)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(surroundings.Stopping);
        limit.CancelAfter(_patience);
        foreach (ListenerModel listener in Listeners.Of(staged).Where(l => l.Address.SocketPath is null))
        {
            var place = new IPEndPoint(IPAddress.Parse(listener.Address.Address ?? "127.0.0.1"), listener.Address.Port);
            while (!await ListensAsync(place))
            {
                if (server.Ended is { } ended)
                {
                    throw new IOException(ended);
                }

                if (limit.IsCancellationRequested)
                {
                    surroundings.Stopping.ThrowIfCancellationRequested();
                    throw new IOException($"it does not listen within {_patience.TotalSeconds:0} s");
                }

                await Task.Delay(10, CancellationToken.None);
            }
        }
    }

    private static async Task<bool> ListensAsync(IPEndPoint place)
    {
        using var probe = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await probe.ConnectAsync(place);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
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
            (string Upstream, MessageHead Head)? seen = standIns.TakeLast();
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
                UpstreamHeaders = seen is { } request2 ? Real(request2.Head) : [],
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

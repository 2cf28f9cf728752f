using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Confgen.Conformance.Tests.Backends;
using Confgen.Conformance.Tests.Cases;
using Confgen.Conformance.Tests.Proxies;
using Confgen.Conformance.Tests.Wire;

namespace Confgen.Conformance.Tests.Running;

/// <summary>Sends the requests of a case to one program, and collects what is seen at both ends.</summary>
/// <param name="stage">The backends and what is else there.</param>
/// <param name="told">The case.</param>
/// <param name="ceiling">How long a step may take that says nothing else.</param>
/// <param name="running">The program.</param>
internal sealed partial class Exchange(Stage stage, ConformanceCase told, TimeSpan ceiling, IRunningProxy running) : IAsyncDisposable
{
    private readonly Dictionary<string, RawConnection> _connections = [];
    private readonly Dictionary<string, string> _cookies = [];
    private readonly HashSet<RecordedRequest> _claimed = new(ReferenceEqualityComparer.Instance);

    // The targets of open steps, whose requests may reach a backend while a later step is under way.
    private readonly HashSet<string> _open = [];
    private string? _target;

    /// <summary>Requests that reached a backend and belong to no exchange.</summary>
    public IReadOnlyList<RecordedRequest> Unclaimed =>
        [
            .. stage
                .Backends.Values.SelectMany(b => b.Requests)
                .Where(r => r.Target != told.Probes && !_claimed.Contains(r) && (r.Target == _target || !_open.Contains(r.Target)))
                .OrderBy(r => r.Sequence),
        ];

    /// <summary>The step with the cookies that its client has.</summary>
    public Step WithCookies(Step step) =>
        step.Jar is not null && _cookies.TryGetValue(step.Jar, out string? cookie)
            ? step with
            {
                Request = step.Request with { Headers = [.. step.Request.Headers, "Cookie: " + cookie] },
            }
            : step;

    /// <summary>Keeps the cookie that a step's client got.</summary>
    public void KeepCookies(Step step, Observation seen)
    {
        // Of several with one name the last one holds (RFC 6265, section 5.3).
        if (
            step.Jar is not null
            && seen.Response?.Fields.Where(static f => f.Is("Set-Cookie")).Select(static f => f.Value).LastOrDefault() is { } set
        )
        {
            _cookies[step.Jar] = set.Split(';')[0];
        }
    }

    /// <summary>Sends a step once.</summary>
    /// <param name="step">The step.</param>
    /// <param name="expect">What is expected, as far as it says what to look at.</param>
    /// <param name="meanwhile">Runs the steps that take place meanwhile.</param>
    public async Task<Observation> RunAsync(Step step, Expectation expect, Func<Task> meanwhile)
    {
        using var limit = new CancellationTokenSource(step.Patience ?? ceiling);
        var client = new Progress();
        var upstream = new Progress();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (step.Meanwhile.Count == 0 || step.Request.WebSocket is not null)
        {
            gate.SetResult();
        }

        var plan = new BackendPlan
        {
            Responses = request =>
            {
                upstream.Reach(0);
                return request.Target == told.Probes
                    ? Probed(step.Probes.GetValueOrDefault(request.Backend, 200))
                    : step.ResponseOf(request.Backend);
            },
            Gate = gate.Task,
            ClientHas = (bytes, stop) => client.WaitForAsync(bytes, stop),
            Uploaded = bytes => upstream.Reach(bytes),
        };
        Play(plan);
        string target = step.Request.SentTarget;
        _target = target;
        Func<Task> aside = async () =>
        {
            // What reached a backend by now belongs to the exchange that waits.
            IReadOnlyList<RecordedRequest> held = Unclaimed;
            _claimed.UnionWith(held);
            await meanwhile();
            _claimed.ExceptWith(held);
            _target = target;
            Play(plan);
        };
        Observation seen;
        try
        {
            seen = step.Request.Http2
                ? await SendHttp2Async(step.Request, limit.Token)
                : await SendAsync(step, expect, client, upstream, gate, aside, limit.Token);
        }
        catch (OperationCanceledException)
        {
            seen = new Observation { Requests = [], Trouble = "nothing happened for a long time" };
        }
        catch (Exception e) when (e is IOException or SocketException or InvalidDataException or AuthenticationException)
        {
            seen = new Observation { Requests = [], Trouble = e.Message };
        }

        gate.TrySetResult();
        IReadOnlyList<RecordedRequest> requests = Unclaimed;
        _claimed.UnionWith(requests);
        _target = null;
        if (expect.Open)
        {
            _open.Add(target);
        }

        await ReadAsync(step, requests, limit.Token);
        if (expect.UpstreamEnded)
        {
            seen = seen with { UpstreamEnded = await AllLeftAsync(requests) };
        }

        return Decoded(seen with { Requests = requests, LogProblem = expect.Logged is { } logged ? await LoggedAsync(logged) : null });
    }

    public async ValueTask DisposeAsync()
    {
        foreach (RawConnection connection in _connections.Values)
        {
            await connection.DisposeAsync();
        }
    }

    // A response that comes early may be with the client before its request is with the backend.
    private static async Task ReadAsync(Step step, IReadOnlyList<RecordedRequest> requests, CancellationToken stop)
    {
        try
        {
            await Task.WhenAll(
                    requests.Where(r => step.ResponseOf(r.Backend) is { Early: true, Then: Ending.Keep }).Select(r => r.BodyRead.Task)
                )
                .WaitAsync(stop);
        }
        catch (OperationCanceledException)
        {
            // What was read by then is looked at.
        }
    }

    private async Task<Observation> SendAsync(
        Step step,
        Expectation expect,
        Progress client,
        Progress upstream,
        TaskCompletionSource gate,
        Func<Task> meanwhile,
        CancellationToken stop
    )
    {
        Request request = step.Request;
        IReadOnlyList<string> names = [];
        RawConnection? connection = request.Connection is null ? null : _connections.GetValueOrDefault(request.Connection);
        string? socketPath = request.Socket is null ? null : Path.Combine(stage.Folder, request.Socket);
        if (connection is null && socketPath is not null)
        {
            await ProxyProcess.UntilListensAsync(socketPath, stop);
        }

        connection ??= await RawConnection.OpenAsync(
            request.Port,
            request.From,
            TlsOf(request, c => names = NamesOf(c)),
            stop,
            socketPath: socketPath
        );
        if (request.Connection is not null)
        {
            _connections[request.Connection] = connection;
        }

        try
        {
            connection.Reader.Progress = bytes => client.Reach(bytes.Length);
            var continued = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var headCame = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Task<RawResponse?> reading = RawResponse.ReadAsync(
                connection.Reader,
                request.Method,
                head =>
                {
                    continued.TrySetResult();
                    if (head.Status is 101 or >= 200)
                    {
                        client.Reach(0);
                        headCame.TrySetResult();
                    }
                },
                stop
            );
            Task sending = WriteAsync(connection, request, upstream, continued.Task, stop);
            if (step.Meanwhile.Count > 0 && request.WebSocket is null)
            {
                await upstream.WaitForAsync(0, stop);
                await meanwhile();
                gate.TrySetResult();
            }

            if (request.Leaves != Leaving.Never)
            {
                await (request.Leaves == Leaving.Sent ? upstream.WaitForAsync(0, stop) : Task.WhenAny(headCame.Task, reading));
                connection.Reset();
                await Task.WhenAny(reading);
                await Task.WhenAny(sending);
                return new Observation { Requests = [], Trouble = "the client left" };
            }

            RawResponse? response = await reading;
            if (!sending.IsCompleted && response is not null)
            {
                // The response came before the request was sent: what is left of it is taken all the same, or refused.
                await Task.WhenAny(sending);
            }

            if (sending.IsFaulted && response is null)
            {
                await sending;
            }

            gate.TrySetResult();
            return new Observation
            {
                Requests = [],
                Response = response,
                Trouble = response is null ? "the connection was closed without a response" : null,
                CertificateNames = names,
                Echoes =
                    response?.Status == 101 && request.WebSocket is not null
                        ? await EchoesAsync(
                            connection,
                            request.WebSocket,
                            expect.Echoes ?? [],
                            step.Meanwhile.Count > 0 ? meanwhile : () => Task.CompletedTask,
                            stop
                        )
                        : [],
                Closed = expect.Closes && await ClosesAsync(connection, stop),
            };
        }
        finally
        {
            if (request.Connection is null)
            {
                await connection.DisposeAsync();
            }
        }
    }

    private static Response Probed(int status) =>
        status == 0
            ? new() { Head = [], Then = Ending.Hang }
            : new() { Head = Bytes.Of($"HTTP/1.1 {status} Whatever\r\nContent-Length: 0\r\n\r\n") };

    private SslClientAuthenticationOptions? TlsOf(Request request, Action<X509Certificate2> seen) =>
        request.Tls is null
            ? null
            : ClientTls.Options(
                request.Tls,
                request.Tls.Certificate is null ? null : stage.Certificates[request.Tls.Certificate],
                request.Http2,
                seen
            );

    private void Play(BackendPlan plan)
    {
        foreach (RecordingBackend backend in stage.Backends.Values)
        {
            backend.Plan = plan;
        }
    }
}

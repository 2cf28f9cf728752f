using System.IO.Compression;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Confgen.Conformance.Tests.Backends;
using Confgen.Conformance.Tests.Cases;
using Confgen.Conformance.Tests.Proxies;
using Confgen.Conformance.Tests.Wire;
using Confgen.Conformance.Tests.Wire.Http2;

namespace Confgen.Conformance.Tests.Running;

/// <summary>Sends the requests of a case to one program, and collects what is seen at both ends.</summary>
/// <param name="stage">The backends and what is else there.</param>
/// <param name="told">The case.</param>
/// <param name="ceiling">How long a step may take that says nothing else.</param>
internal sealed class Exchange(Stage stage, ConformanceCase told, TimeSpan ceiling) : IAsyncDisposable
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

    private async Task<Observation> SendHttp2Async(Request request, CancellationToken stop)
    {
        IReadOnlyList<string> names = [];
        await using RawConnection connection = await RawConnection.OpenAsync(
            request.Port,
            request.From,
            TlsOf(request, c => names = NamesOf(c)),
            stop
        );
        if (!connection.SpeaksHttp2)
        {
            return new Observation
            {
                Requests = [],
                Trouble = "HTTP/2 is not offered",
                CertificateNames = names,
            };
        }

        Field[] fields =
        [
            new(":method", request.Method),
            new(":scheme", "https"),
            new(":authority", request.Host ?? ""),
            new(":path", request.Target),
            .. request.Fields.Select(f => new Field(f.Name.ToLowerInvariant(), f.Value)),
        ];
        (RawResponse? response, string? trouble) = await new Http2Exchange(connection).SendAsync(
            fields,
            Bytes.Of(request.BodyText),
            [.. MessageReader.Fields(request.Trailers).Select(f => new Field(f.Name.ToLowerInvariant(), f.Value))],
            stop
        );
        return new Observation
        {
            Requests = [],
            Response = response,
            Trouble = trouble,
            CertificateNames = names,
        };
    }

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

    private static async Task WriteAsync(
        RawConnection connection,
        Request request,
        Progress upstream,
        Task continued,
        CancellationToken stop
    )
    {
        string[] pieces = [.. request.Sent];
        if (!request.InStep && !request.WaitsForContinue && request.Pause == TimeSpan.Zero)
        {
            await connection.SendAsync(Bytes.Of(request.Head + string.Concat(pieces)), stop);
            return;
        }

        await connection.SendAsync(Bytes.Of(request.Head), stop);
        if (request.WaitsForContinue)
        {
            await continued.WaitAsync(stop);
        }

        int sent = 0;
        for (int i = 0; i < pieces.Length; i++)
        {
            if (request.InStep)
            {
                await upstream.WaitForAsync(sent, stop);
            }

            await Task.Delay(request.Pause, stop);

            await connection.SendAsync(Bytes.Of(pieces[i]), stop);
            sent += i < request.Body.Count ? request.Body[i].Length : 0;
        }
    }

    private static async Task<IReadOnlyList<string>> EchoesAsync(
        RawConnection connection,
        IReadOnlyList<string> messages,
        IReadOnlyList<string> expected,
        Func<Task> meanwhile,
        CancellationToken stop
    )
    {
        var echoes = new List<string>();
        foreach (string message in messages)
        {
            if (message == Request.Silence && expected.ElementAtOrDefault(echoes.Count) != Request.Alive)
            {
                echoes.Add(await ClosesAsync(connection, stop) ? message : Request.Alive);
                return echoes;
            }

            await connection.SendAsync(new WebSocketFrame(WebSocketFrame.Text, Bytes.Of(message), Masked: true).ToBytes(), stop);
            WebSocketFrame? echo = await WebSocketFrame.ReadAsync(connection.Reader, stop);
            string got = echo is null ? "(closed)" : Bytes.ToText(echo.Payload);
            echoes.Add(got == Request.Silence ? Request.Alive : got);
            if (echoes.Count == 1)
            {
                await meanwhile();
            }
        }

        return echoes;
    }

    private static async Task<bool> ClosesAsync(RawConnection connection, CancellationToken stop)
    {
        try
        {
            return await connection.Reader.ClosedAsync(stop);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task<bool> AllLeftAsync(IReadOnlyList<RecordedRequest> requests)
    {
        try
        {
            await Task.WhenAll(requests.Select(r => r.Left.Task)).WaitAsync(ceiling);
            return requests.Count > 0;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private async Task<string?> LoggedAsync(LogCheck check)
    {
        string path = Path.Combine(stage.Folder, check.File);
        string text = "";
        for (var tried = System.Diagnostics.Stopwatch.StartNew(); tried.Elapsed < ceiling; await Task.Delay(20))
        {
            text = File.Exists(path) ? await ReadSharedAsync(path) : "";
            if (check.IsMatch(text))
            {
                return check.HasForbidden(text) ? text : null;
            }
        }

        return text;
    }

    private static async Task<string> ReadSharedAsync(string path)
    {
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }

    private static Observation Decoded(Observation seen)
    {
        byte[] body = seen.Response?.Body.Bytes ?? [];
        string? coding = seen.Response?.Header("Content-Encoding");
        if (seen.Response is not { } response || body.Length == 0 || coding is not ("gzip" or "br"))
        {
            return seen with { Body = body };
        }

        try
        {
            using Stream decoder =
                coding == "gzip"
                    ? new GZipStream(new MemoryStream(body), CompressionMode.Decompress)
                    : new BrotliStream(new MemoryStream(body), CompressionMode.Decompress);
            using var decoded = new MemoryStream();
            decoder.CopyTo(decoded);
            return seen with { Body = decoded.ToArray() };
        }
        catch (Exception e) when (e is InvalidDataException or InvalidOperationException)
        {
            return seen with
            {
                Body = body,
                Response = response with { Body = response.Body with { Fault = response.Body.Fault ?? $"not {coding}: {e.Message}" } },
            };
        }
    }

    private static IReadOnlyList<string> NamesOf(X509Certificate2 certificate) =>
        [
            .. certificate
                .Extensions.OfType<X509SubjectAlternativeNameExtension>()
                .SelectMany(e => e.EnumerateDnsNames().Concat(e.EnumerateIPAddresses().Select(a => a.ToString()))),
        ];
}

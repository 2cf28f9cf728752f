using System.Net;
using System.Net.Sockets;
using Confgen.Compiler;
using Confgen.Conformance.Tests.Proxies;
using Confgen.Conformance.Tests.Wire;
using Confgen.Model.Routes;
using Confgen.Model.Units;

namespace Confgen.Conformance.Tests.Harness;

/// <summary>The least that can pass a plain case, with a hand in what it forwards: to prove that the harness sees what is wrong.</summary>
/// <param name="request">What it does to the head of a request, a line each.</param>
/// <param name="response">What it does to the bytes of a response.</param>
internal sealed class MinimalProxy(Func<IEnumerable<string>, IEnumerable<string>> request, Func<string, string> response) : IProxy
{
    private static readonly string[] _dropped = ["connection", "x-gone"];

    public string Name => "minimal";

    public string? Missing => null;

    public PreparedProxy Prepare(Compilation compiled) =>
        new(compiled.Spec ?? throw new InvalidOperationException("the spec has errors"), [], []);

    public Task<IRunningProxy> StartAsync(PreparedProxy prepared, Place place, CancellationToken stop)
    {
        ServerAddress upstream = ((ProxyAction)prepared.Spec.Sites[0].Routes[0].Action).Upstream.Servers[0].Address;
        return Task.FromResult<IRunningProxy>(new Running(place.Ports.Single(), upstream.Port, request, response));
    }

    private sealed class Running : IRunningProxy
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly TcpListener _listener;
        private readonly Task _serving;

        public Running(int port, int upstream, Func<IEnumerable<string>, IEnumerable<string>> request, Func<string, string> response)
        {
            _listener = new TcpListener(IPAddress.Loopback, port);
            _listener.Start();
            _serving = ServeAsync(upstream, request, response);
        }

        public string Log => "";

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            _listener.Dispose();
            await _serving.ContinueWith(static _ => { }, TaskScheduler.Default);
            _stop.Dispose();
        }

        private async Task ServeAsync(int upstream, Func<IEnumerable<string>, IEnumerable<string>> request, Func<string, string> response)
        {
            while (true)
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token);
                using var app = new TcpClient();
                await app.ConnectAsync(IPAddress.Loopback, upstream, _stop.Token);
                var fromClient = new MessageReader(client.GetStream());
                IReadOnlyList<string> head = await fromClient.HeadAsync(_stop.Token) ?? [];
                MessageBody body = await fromClient.BodyAsync(MessageReader.Fields(head.Skip(1)), untilClose: false, _stop.Token);
                string host = head.First(l => l.StartsWith("Host:", StringComparison.Ordinal))[6..];
                IEnumerable<string> lines =
                [
                    .. head.Where(l => !_dropped.Contains(l.Split(':')[0].ToLowerInvariant())),
                    "X-Forwarded-For: 127.0.0.1",
                    "X-Forwarded-Proto: http",
                    $"X-Forwarded-Host: {host}",
                    "X-Real-IP: 127.0.0.1",
                    "Connection: close",
                ];
                await app.GetStream()
                    .WriteAsync(Bytes.Of(string.Join("\r\n", request(lines)) + "\r\n\r\n" + Bytes.ToText(body.Bytes)), _stop.Token);
                var fromApp = new MessageReader(app.GetStream());
                head = await fromApp.HeadAsync(_stop.Token) ?? [];
                body = await fromApp.BodyAsync(MessageReader.Fields(head.Skip(1)), untilClose: true, _stop.Token);
                await client
                    .GetStream()
                    .WriteAsync(Bytes.Of(response(string.Join("\r\n", head) + "\r\n\r\n" + Bytes.ToText(body.Bytes))), _stop.Token);
            }
        }
    }
}

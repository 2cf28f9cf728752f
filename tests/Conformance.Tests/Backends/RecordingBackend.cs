using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Confgen.Conformance.Tests.Backends;

/// <summary>A server that writes down what it gets, byte for byte, and answers as it is told.</summary>
internal sealed class RecordingBackend : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<Task, bool> _running = new();
    private readonly List<Socket> _fillers = [];
    private readonly Socket _listener;
    private readonly SslServerAuthenticationOptions? _tls;
    private int _connections;

    /// <summary>Opens it.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="socketPath">Where its unix socket is.</param>
    /// <param name="tls">How it speaks TLS.</param>
    public RecordingBackend(string name, BackendKind kind, string socketPath, SslServerAuthenticationOptions? tls)
    {
        Name = name;
        Kind = kind;
        _tls = kind is BackendKind.Tls or BackendKind.MutualTls ? tls : null;
        bool unix = kind == BackendKind.Unix;
        _listener = unix
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _listener.Bind(unix ? new UnixDomainSocketEndPoint(socketPath) : new IPEndPoint(IPAddress.Loopback, 0));
        Address = unix ? "unix:" + socketPath : ((IPEndPoint?)_listener.LocalEndPoint)?.Port.ToString() ?? "";
        if (unix)
        {
            // The proxy may run as another user.
            File.SetUnixFileMode(socketPath, (UnixFileMode)0b110_110_110);
        }

        switch (kind)
        {
            case BackendKind.Refusing:
                break;
            case BackendKind.Full:
                Fill();
                break;
            default:
                _listener.Listen(128);
                Run(AcceptAsync());
                break;
        }
    }

    public string Name { get; }

    public BackendKind Kind { get; }

    /// <summary>Its port, or <c>unix:</c> and the path of its socket.</summary>
    public string Address { get; }

    /// <summary>What it does with the requests that come from now on.</summary>
    public BackendPlan Plan { get; set; } = new();

    /// <summary>What it got, in the order of the heads.</summary>
    public ConcurrentQueue<RecordedRequest> Requests { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        _fillers.ForEach(s => s.Dispose());
        try
        {
            await Task.WhenAll(_running.Keys);
        }
        catch (Exception e)
            when (e is OperationCanceledException or IOException or SocketException or ObjectDisposedException or InvalidDataException)
        {
            // They were told to stop.
        }

        _stop.Dispose();
    }

    // The kernel takes one connection more than the queue holds; what comes then waits for its time-out.
    private void Fill()
    {
        _listener.Listen(0);
        for (int i = 0; i < 3; i++)
        {
            var filler = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            _fillers.Add(filler);
            try
            {
                filler.Connect(_listener.LocalEndPoint ?? throw new InvalidOperationException("not bound"));
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
            {
                // Under way.
            }
        }
    }

    private void Run(Task task)
    {
        _running[task] = true;
        _ = task.ContinueWith(
            done => _running.TryRemove(done, out _),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnRanToCompletion,
            TaskScheduler.Default
        );
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            Socket socket = await _listener.AcceptAsync(_stop.Token);
            Run(ServeAsync(socket, Interlocked.Increment(ref _connections)));
        }
    }

    private async Task ServeAsync(Socket socket, int number)
    {
        using (socket)
        {
            if (socket.ProtocolType == ProtocolType.Tcp)
            {
                socket.NoDelay = true;
            }

            Stream stream = new NetworkStream(socket);
            if (_tls is not null)
            {
                var secure = new SslStream(stream);
                try
                {
                    await secure.AuthenticateAsServerAsync(_tls, _stop.Token);
                }
                catch (Exception e) when (e is IOException or AuthenticationException)
                {
                    return;
                }

                stream = secure;
            }

            await using (stream)
            {
                var connection = new BackendConnection(this, socket, stream, number);
                while (await connection.ExchangeAsync(_stop.Token)) { }
            }
        }
    }
}

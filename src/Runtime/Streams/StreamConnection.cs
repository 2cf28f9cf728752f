using System.Net.Sockets;
using Confgen.Model.Streams;
using Confgen.Model.Upstreams;
using Confgen.Runtime.Forwarding;
using Confgen.Runtime.Tls;
using Confgen.Runtime.Transport;
using Confgen.Runtime.Upstreams;

namespace Confgen.Runtime.Streams;

/// <summary>
/// A connection that is passed on: (1) its PROXY header and its ClientHello are read, where they say something, (2) a server is connected
/// to, (3) bytes go both ways, and the end of one way is passed on as such.
/// </summary>
internal sealed class StreamConnection(Connection wire, StreamModel model, DeadlineWatch watch) : IServedConnection
{
    private readonly InputBuffer _input = new(wire);
    private Connection? _server;
    private volatile bool _isCut;

    private TcpStream Config => model.Config;

    /// <inheritdoc/>
    public async Task RunAsync()
    {
        model.Metrics.Begin();
        (long FromClient, long FromServer)? passed = null;
        try
        {
            passed = await PassAsync();
        }
        catch (Exception e) when (InputBuffer.IsTransportFault(e))
        {
            // The client, or the server, was gone before anything was passed on.
        }
        finally
        {
            wire.Dispose();
            _server?.Dispose();
            model.Metrics.End(passed);
        }
    }

    /// <inheritdoc/>
    public Task LeaveAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public void Cut()
    {
        _isCut = true;
        wire.Abort();
        _server?.Abort();
    }

    private async Task<(long FromClient, long FromServer)?> PassAsync()
    {
        Prepare(wire);
        ProxyHeader client = ProxyHeader.Of(wire.Socket);
        string? name = null;
        if (Config.ProxyProtocol.Accept || Config.Sni.Count > 0)
        {
            var limit = new HelloDeadline(wire);
            limit.Set(watch.After(StreamTimeouts.Hello));
            watch.Add(limit);
            try
            {
                if (Config.ProxyProtocol.Accept)
                {
                    if (await ReadHeaderAsync() is not { } header)
                    {
                        return null;
                    }

                    client = header.IsLocal ? client : header;
                }

                if (Config.Sni.Count > 0)
                {
                    (bool isRead, name) = await ReadNameAsync();
                    if (!isRead)
                    {
                        return null;
                    }
                }
            }
            finally
            {
                watch.Remove(limit);
            }
        }

        if (model.Choose(name) is not { } upstream || await ConnectAsync(upstream, client) is not { } server)
        {
            return null;
        }

        try
        {
            if (Config.ProxyProtocol.Send != ProxyHeaderVersion.None)
            {
                await server.Connection.SendAsync(client.Write(Config.ProxyProtocol.Send));
            }

            return await Tunnel.RunAsync(
                new Duplex(wire, _input),
                new Duplex(server.Connection, new InputBuffer(server.Connection)),
                Config.Timeouts.Idle,
                watch
            );
        }
        finally
        {
            server.State.Leave();
        }
    }

    private async ValueTask<ProxyHeader?> ReadHeaderAsync()
    {
        while (true)
        {
            switch (ProxyHeader.TryRead(_input.Span, out ProxyHeader? header, out int length))
            {
                case true:
                    _input.Consume(length);
                    return header;
                case false:
                    return null;
                default:
                    if (!await _input.FillAsync())
                    {
                        return null;
                    }

                    break;
            }
        }
    }

    // A client that has sent nothing, or ended before its hello was whole, can't have been meant for anybody.
    private async ValueTask<(bool IsRead, string? Name)> ReadNameAsync()
    {
        while (true)
        {
            switch (_input.HasBytes ? ClientHello.Read(_input.Span, out string? name) : (ClientHelloState?)Unread(out name))
            {
                case ClientHelloState.Whole:
                    return (true, name);
                case ClientHelloState.NotRead:
                    return (true, null);
                default:
                    if (!await _input.FillAsync())
                    {
                        return (false, null);
                    }

                    break;
            }
        }
    }

    private static ClientHelloState Unread(out string? name)
    {
        name = null;
        return ClientHelloState.Incomplete;
    }

    private async ValueTask<(Connection Connection, ServerState State)?> ConnectAsync(UpstreamState upstream, ProxyHeader client)
    {
        var key = new BalanceKey(upstream.Config.Balance.Policy == BalancePolicy.IpHash ? client.Source?.Address.ToString() ?? "" : null);
        var choice = new ServerChoice(upstream, key);
        ServerState? last = null;
        while (!_isCut && choice.Next() is { } server)
        {
            last = server;
            choice.Exclude(server);
            if (!server.TryEnter())
            {
                continue;
            }

            OpenedConnection opened = await upstream.ConnectAsync(server, isHttp2: false, Config.Timeouts.Connect);
            if (opened.Connection is { } connection)
            {
                Prepare(connection);
                _server = connection;
                if (_isCut)
                {
                    connection.Abort();
                }

                return (connection, server);
            }

            server.Leave();
            upstream.Failed(server, opened.Error ?? UpstreamError.ConnectFailed);
        }

        if (last is null)
        {
            upstream.Failed(null, upstream.WhyNone());
        }

        return null;
    }

    private static void Prepare(Connection connection)
    {
        if (connection.Socket.AddressFamily != AddressFamily.Unix)
        {
            connection.Socket.NoDelay = true;
        }
    }

    private sealed class HelloDeadline(Connection wire) : Deadline
    {
        protected override void Expire() => wire.Dispose();
    }
}

namespace Confgen.Runtime.Streams;

/// <summary>What is counted of a stream; it outlives reloads that keep the stream's name.</summary>
internal sealed class StreamMetrics
{
    private long _connections;
    private long _refused;
    private long _open;
    private long _fromClients;
    private long _fromServers;

    /// <summary>Connections that were accepted.</summary>
    public long Connections => Interlocked.Read(ref _connections);

    /// <summary>Connections that reached no server.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Connections that are open.</summary>
    public long Open => Interlocked.Read(ref _open);

    /// <summary>Bytes that came from clients and were passed on.</summary>
    public long FromClients => Interlocked.Read(ref _fromClients);

    /// <summary>Bytes that came from servers and were passed on.</summary>
    public long FromServers => Interlocked.Read(ref _fromServers);

    /// <summary>A connection begins.</summary>
    public void Begin()
    {
        Interlocked.Increment(ref _connections);
        Interlocked.Increment(ref _open);
    }

    /// <summary>A connection has ended.</summary>
    /// <param name="passed">The bytes of both ways; null where no server was reached.</param>
    public void End((long FromClient, long FromServer)? passed)
    {
        Interlocked.Decrement(ref _open);
        if (passed is not { } bytes)
        {
            Interlocked.Increment(ref _refused);
            return;
        }

        Interlocked.Add(ref _fromClients, bytes.FromClient);
        Interlocked.Add(ref _fromServers, bytes.FromServer);
    }
}

namespace Confgen.Model.Streams;

/// <summary>The longest waits of a stream.</summary>
public sealed record StreamTimeouts : SpecNode
{
    /// <summary>The wait for the bytes that decide where a connection goes: a PROXY header, and a ClientHello.</summary>
    public static readonly TimeSpan Hello = TimeSpan.FromSeconds(10);

    /// <summary>For a connection to a server; default 5 s.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long neither side may send anything; default 10 min, as nginx's <c>proxy_timeout</c>.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromMinutes(10);
}

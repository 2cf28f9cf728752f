namespace Confgen.Model.Routes;

/// <summary>The longest waits on an upstream.</summary>
public sealed record Timeouts : SpecNode
{
    /// <summary>For a connection; default 5 s. Over it the next server, at last 502.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Between two writes; default 60 s, as nginx's <c>proxy_send_timeout</c>.</summary>
    public TimeSpan Send { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Between two reads: the longest silence; default 60 s, as nginx's <c>proxy_read_timeout</c>. Over it 504.</summary>
    public TimeSpan Read { get; init; } = TimeSpan.FromSeconds(60);
}

using Confgen.Conformance.Tests.Wire;

namespace Confgen.Conformance.Tests.Backends;

/// <summary>A request as a backend got it.</summary>
internal sealed record RecordedRequest
{
    private static long _last;

    /// <summary>The backend's name.</summary>
    public required string Backend { get; init; }

    /// <summary>Its place among the requests at all backends.</summary>
    public long Sequence { get; } = Interlocked.Increment(ref _last);

    /// <summary>The number of its connection, from 1.</summary>
    public required int Connection { get; init; }

    /// <summary>The request line as it came.</summary>
    public required string Line { get; init; }

    /// <summary>The header lines in their order and spelling.</summary>
    public required IReadOnlyList<Field> Fields { get; init; }

    /// <summary>The body; empty while it has not come.</summary>
    public MessageBody Body { get; set; } = MessageBody.None;

    /// <summary>Done when nothing more of the body is read.</summary>
    public TaskCompletionSource BodyRead { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Why the request was not as RFC 9112 has it, or null.</summary>
    public string? Fault { get; set; }

    /// <summary>Done when the proxy ended the connection while the exchange was under way.</summary>
    public TaskCompletionSource Left { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Method => Line.Split(' ')[0];

    public string Target => Line.Split(' ') is [_, .. var middle, _] ? string.Join(' ', middle) : "";

    public IEnumerable<string> Values(string name) => Fields.Where(f => f.Is(name)).Select(f => f.Value);
}

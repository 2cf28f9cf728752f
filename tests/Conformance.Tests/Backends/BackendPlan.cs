namespace Confgen.Conformance.Tests.Backends;

/// <summary>What a backend does with the requests of an exchange.</summary>
internal sealed record BackendPlan
{
    /// <summary>What it answers; asked when the head has come.</summary>
    public Func<RecordedRequest, Response> Responses { get; init; } = static request => Response.Of(request.Backend);

    /// <summary>What every response waits for.</summary>
    public Task Gate { get; init; } = Task.CompletedTask;

    /// <summary>Waits until the client has the head and so many bytes of the body; lets the next piece of a lockstep answer go.</summary>
    public Func<int, CancellationToken, Task> ClientHas { get; init; } = static (_, _) => Task.CompletedTask;

    /// <summary>Told how much of a request's body has come.</summary>
    public Action<int> Uploaded { get; init; } = static _ => { };
}

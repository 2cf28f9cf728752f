using System.Collections.Concurrent;

namespace Confgen.Conformance.Tests.Grid;

/// <summary>A case under way: what both ends know of it.</summary>
internal sealed class GridRun(GridCase told, int seed)
{
    public GridCase Case => told;

    /// <summary>The body that the origin sends.</summary>
    public Payload Down { get; } = new((seed * 1000) + told.Number, told.Size);

    /// <summary>The body that the client sends.</summary>
    public Payload Up { get; } = new((seed * 1000) + told.Number + 500_000, told.Request.Length);

    /// <summary>The requests that the origin got, in their order.</summary>
    public ConcurrentQueue<Arrival> Arrivals { get; } = new();

    /// <summary>
    /// Completes when the origin has sent what comes before the middle of its response, or has got a request that it can't read whole.
    /// </summary>
    public TaskCompletionSource Middle { get; } = New();

    /// <summary>Completes when the origin may send what comes behind the middle.</summary>
    public TaskCompletionSource Go { get; } = New();

    /// <summary>Completes when the origin's exchange has ended, in whatever way.</summary>
    public TaskCompletionSource OriginEnded { get; } = New();

    /// <summary>How many bytes of its body the origin has sent.</summary>
    public long Sent { get; set; }

    /// <summary>The request's target.</summary>
    public string Target =>
        told.Route == GridRoute.Files ? $"/files/{told.Number}.txt?id={told.Number}" : $"{GridSpec.PathOf(told)}/x%2Fy?id={told.Number}";

    public string Host => told.Route == GridRoute.Compressed ? GridSpec.CompressingHost : GridSpec.Host;

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

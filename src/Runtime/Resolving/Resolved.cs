namespace Confgen.Runtime.Resolving;

/// <summary>What a name stands for.</summary>
/// <typeparam name="T">What was asked for.</typeparam>
/// <param name="Values">What was found; empty where it is known that there is nothing.</param>
/// <param name="TimeToLive">How long that may be used.</param>
internal sealed record Resolved<T>(IReadOnlyList<T> Values, TimeSpan TimeToLive);

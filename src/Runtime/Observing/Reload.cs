namespace Confgen.Runtime.Observing;

/// <summary>A spec that was to be served.</summary>
/// <param name="At">When.</param>
/// <param name="Fault">Why it is not; null where it is.</param>
internal sealed record Reload(DateTimeOffset At, string? Fault);

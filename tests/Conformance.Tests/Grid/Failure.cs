namespace Confgen.Conformance.Tests.Grid;

/// <summary>What went wrong in a case.</summary>
/// <param name="Case">The case; null where it belongs to none.</param>
/// <param name="Code">The check that failed, by which <see cref="KnownFailures"/> names it.</param>
/// <param name="Text">What was seen.</param>
internal sealed record Failure(GridCase? Case, string Code, string Text);

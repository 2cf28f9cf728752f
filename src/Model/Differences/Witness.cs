using Confgen.Model.Rules;

namespace Confgen.Model.Differences;

/// <summary>A request that shows a difference, with what both specs make of it.</summary>
/// <param name="Request">The request.</param>
/// <param name="Connection">How it comes.</param>
/// <param name="Old">What becomes of it in the old spec.</param>
/// <param name="New">What becomes of it in the new one.</param>
public sealed record Witness(EvaluatedRequest Request, Connection Connection, Evaluation Old, Evaluation New);

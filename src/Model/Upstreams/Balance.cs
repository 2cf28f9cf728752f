namespace Confgen.Model.Upstreams;

/// <summary>A balancing policy with its key.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Key">The header's or the cookie's name where the policy has one; else null.</param>
public sealed record Balance(BalancePolicy Policy, string? Key = null);

namespace Confgen.Runtime.Upstreams;

/// <summary>What a policy chooses by: the client's address, the target, a header or a cookie; null where the request has none.</summary>
internal readonly record struct BalanceKey(string? Text);

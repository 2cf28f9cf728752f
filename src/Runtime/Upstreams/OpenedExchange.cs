namespace Confgen.Runtime.Upstreams;

/// <summary>What came of opening an exchange.</summary>
/// <param name="Exchange">The exchange; null where there is no connection.</param>
/// <param name="Error">Why there is none; else null.</param>
internal readonly record struct OpenedExchange(UpstreamExchange? Exchange, UpstreamError? Error);

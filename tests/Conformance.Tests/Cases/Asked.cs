namespace Confgen.Conformance.Tests.Cases;

/// <summary>What a server that is asked beside the upstream, as one for authentication, must see.</summary>
/// <param name="Method">The method.</param>
/// <param name="Target">The target.</param>
/// <param name="Body">The body.</param>
/// <param name="Headers">The headers that are looked at.</param>
internal sealed record Asked(string Method, string Target, string Body, IReadOnlyList<HeaderCheck> Headers);

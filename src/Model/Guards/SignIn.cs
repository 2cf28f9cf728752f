using Confgen.Model.Templates;

namespace Confgen.Model.Guards;

/// <summary>Where a client is sent with 302 that the auth server refuses with 401.</summary>
/// <param name="To">The Location; null for that of the auth server's response, without which the response is relayed.</param>
public sealed record SignIn(TextTemplate? To);

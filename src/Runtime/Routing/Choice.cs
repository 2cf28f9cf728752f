namespace Confgen.Runtime.Routing;

/// <summary>What a request's host and target lead to.</summary>
/// <param name="Request">The request with its route; null where it is refused or redirected.</param>
/// <param name="Status">The status of the refusal or the redirect; 0 with a route.</param>
/// <param name="Location">Where a redirect leads; else null.</param>
internal readonly record struct Choice(RoutedRequest? Request, int Status = 0, string? Location = null);

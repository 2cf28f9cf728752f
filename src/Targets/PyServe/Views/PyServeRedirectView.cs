namespace Confgen.Targets.PyServe.Views;

/// <summary>An entry of <c>server.redirect_instructions</c>, quoted.</summary>
/// <param name="From">The path.</param>
/// <param name="To">The Location.</param>
internal sealed record PyServeRedirectView(string From, string To);

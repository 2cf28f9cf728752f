using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Caddy.Views;

/// <summary>Plain requests that are sent to https.</summary>
/// <param name="Address">As <c>http://a.example.com</c>.</param>
/// <param name="Bind">The interface, or null.</param>
/// <param name="To">The scheme, host and port to go to.</param>
/// <param name="Status">As <c>308</c>.</param>
[TemplateView]
internal sealed partial record RedirectToHttpsView(string Address, string? Bind, string To, int Status);

using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Caddy.Views;

/// <summary>Plain requests that are sent to https.</summary>
/// <param name="Addresses">As <c>http://a.example.com</c>.</param>
/// <param name="Bind">The interface, or null.</param>
/// <param name="Host">The host, or what stands for it.</param>
/// <param name="HostNames">The names of which one is the request's host; none where there is one alone, or none is known.</param>
/// <param name="Port">As <c>:8443</c>; empty for 443.</param>
/// <param name="Status">As <c>308</c>.</param>
/// <param name="Refusals">What is refused everywhere.</param>
[TemplateView]
internal sealed partial record RedirectToHttpsView(string Addresses, string? Bind, string Host, IReadOnlyList<HostNameView> HostNames, string Port, int Status, RefusalsView Refusals);

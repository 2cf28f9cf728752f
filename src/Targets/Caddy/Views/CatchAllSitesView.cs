using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Caddy.Views;

/// <summary>Addresses whose other hosts are no site's.</summary>
/// <param name="Addresses">As <c>http://, https://</c>.</param>
/// <param name="Bind">The interface, or null.</param>
/// <param name="Tls">The files of a certificate for handshakes that name an unknown host; or null.</param>
/// <param name="Log">The log of every request, or null.</param>
/// <param name="SkipLog">The directive that leaves these out of it.</param>
/// <param name="Refusals">What is refused everywhere.</param>
[TemplateView]
internal sealed partial record CatchAllSitesView(string Addresses, string? Bind, string? Tls, LogView? Log, string SkipLog, RefusalsView Refusals);

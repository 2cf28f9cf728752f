namespace Confgen.Targets.Caddy.Views;

/// <summary>Addresses whose other hosts are no site's.</summary>
/// <param name="Addresses">As <c>http://, https://</c>.</param>
/// <param name="Bind">The interface, or null.</param>
/// <param name="Tls">The files of a certificate for handshakes that name an unknown host; or null.</param>
/// <param name="Refusals">What is refused everywhere.</param>
internal sealed record StrangersView(string Addresses, string? Bind, string? Tls, RefusalsView Refusals);

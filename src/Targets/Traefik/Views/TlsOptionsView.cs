using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Traefik.Views;

/// <summary>What a handshake needs.</summary>
/// <param name="Name">Its name.</param>
/// <param name="MinVersion">The lowest version.</param>
/// <param name="Ciphers">The suites; empty for Traefik's own.</param>
/// <param name="ClientCa">Whose certificates clients must have; null for none.</param>
/// <param name="Http1">Whether HTTP/1.1 alone is offered.</param>
[TemplateView]
internal sealed partial record TlsOptionsView(string Name, string MinVersion, IReadOnlyList<string> Ciphers, string? ClientCa, bool Http1);

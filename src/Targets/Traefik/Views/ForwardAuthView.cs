using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Traefik.Views;

/// <summary>Who is asked about each request.</summary>
/// <param name="Url">The auth server.</param>
/// <param name="Headers">Fields of its response for the upstream.</param>
/// <param name="Tls">How TLS is spoken to it, a line each; none for Traefik's own way.</param>
/// <param name="KeepsLocation">Whether the release must be told to leave Location alone.</param>
[TemplateView]
internal sealed partial record ForwardAuthView(string Url, IReadOnlyList<string> Headers, IReadOnlyList<string> Tls, bool KeepsLocation);

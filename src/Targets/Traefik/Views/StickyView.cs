using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Traefik.Views;

/// <summary>The cookie that keeps a client at its server.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Secure">Whether it is for TLS alone.</param>
[TemplateView]
internal sealed partial record StickyView(string Name, bool Secure);

using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Traefik.Views;

/// <summary>A certificate.</summary>
/// <param name="Cert">Its file.</param>
/// <param name="Key">The file of its key.</param>
[TemplateView]
internal sealed partial record CertificateView(string Cert, string Key);

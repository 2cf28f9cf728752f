using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.HAProxy.Views;

/// <summary>A certificate whose key has a name that HAProxy doesn't look for.</summary>
/// <param name="Cert">The certificate's file.</param>
/// <param name="Key">The key's file.</param>
/// <param name="Alias">What the rest of the file calls it.</param>
[TemplateView]
internal sealed partial record CertificateView(string Cert, string Key, string Alias);

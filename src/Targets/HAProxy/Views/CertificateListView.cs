using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.HAProxy.Views;

/// <summary>The certificates of a listener with several sites, in a file of their own.</summary>
/// <param name="Name">The listener's name.</param>
/// <param name="File">The file's name.</param>
/// <param name="Lines">A certificate, its parameters in brackets, and its hosts.</param>
[TemplateView]
internal sealed partial record CertificateListView(string Name, string File, IReadOnlyList<string> Lines);

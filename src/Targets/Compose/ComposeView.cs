using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Compose;

/// <summary>An override file of compose: what it adds to services.</summary>
/// <param name="Version">The release of the program that reads the labels.</param>
/// <param name="Services">The services.</param>
[TemplateView]
internal sealed partial record ComposeView(string Version, IReadOnlyList<ComposeServiceView> Services);

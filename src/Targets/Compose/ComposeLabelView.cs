using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Compose;

/// <summary>A label, quoted.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
[TemplateView]
internal sealed partial record ComposeLabelView(string Name, string Value);

using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Nginx.Views;

/// <summary>A line of a <see cref="MapView"/>.</summary>
/// <param name="Key">The key, quoted.</param>
/// <param name="Value">The value, quoted.</param>
[TemplateView]
internal sealed partial record MapLineView(string Key, string Value);

using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Nginx.Views;

/// <summary>A header that is set.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value, quoted.</param>
[TemplateView]
internal sealed partial record HeaderView(string Name, string Value);

using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.HAProxy.Views;

/// <summary>A variable that keeps something of the request for later rules.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Expression">What it is set to, perhaps with a condition.</param>
[TemplateView]
internal sealed partial record VariableView(string Name, string Expression);

using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Apache.Views;

/// <summary>When a probe's response is good.</summary>
/// <param name="Name">The name of the condition.</param>
/// <param name="Expression">The condition.</param>
[TemplateView]
internal sealed partial record HealthView(string Name, string Expression);

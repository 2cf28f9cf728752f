using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.HAProxy.Views;

/// <summary>Which requests go to a backend; the first that fits is taken.</summary>
/// <param name="Backend">The backend's name.</param>
/// <param name="Conditions">What must hold; empty for every request.</param>
[TemplateView]
internal sealed partial record RouteView(string Backend, IReadOnlyList<string> Conditions);

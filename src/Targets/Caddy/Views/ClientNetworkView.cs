using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Caddy.Views;

/// <summary>Networks of clients that a route asks for.</summary>
/// <param name="Name">The variable that is <c>yes</c> where one of them has the client's address.</param>
/// <param name="Blocks">The networks, as a matcher takes them.</param>
[TemplateView]
internal sealed partial record ClientNetworkView(string Name, string Blocks);

using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Nginx.Views;

/// <summary>A question to an auth server before the request is answered.</summary>
/// <param name="Uri">The internal location that asks.</param>
/// <param name="Variables">Each variable that keeps something of its response, with what it keeps.</param>
[TemplateView]
internal sealed partial record AuthRequestView(string Uri, IReadOnlyList<HeaderView> Variables);

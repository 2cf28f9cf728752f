using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.V2Ray.Views;

/// <summary>A client of a listener; every text is quoted.</summary>
/// <param name="Id">Its UUID.</param>
/// <param name="Email">What rules call it; null where the listener has no other.</param>
[TemplateView]
internal sealed partial record V2RayClientView(string Id, string? Email);

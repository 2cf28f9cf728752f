using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.V2Ray.Views;

/// <summary>A rule of the routing; every text is quoted.</summary>
/// <param name="Inbound">The tag of an inbound or a bridge.</param>
/// <param name="Domain">The domain, with <c>full:</c>; null for every other traffic.</param>
/// <param name="User">The client's email; null for any.</param>
/// <param name="Outbound">The tag of an outbound or a portal.</param>
[TemplateView]
internal sealed partial record V2RayRuleView(string Inbound, string? Domain, string? User, string Outbound);

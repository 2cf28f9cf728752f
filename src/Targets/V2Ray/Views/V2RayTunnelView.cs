using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.V2Ray.Views;

/// <summary>A portal or a bridge; every text is quoted.</summary>
/// <param name="Tag">Its tag.</param>
/// <param name="Domain">The name of the tunnel's control traffic.</param>
[TemplateView]
internal sealed partial record V2RayTunnelView(string Tag, string Domain);

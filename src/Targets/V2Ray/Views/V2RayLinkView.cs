using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.V2Ray.Views;

/// <summary>A bridge's way to its portal; every text is quoted.</summary>
/// <param name="Tag">Its tag.</param>
/// <param name="Address">The portal's host.</param>
/// <param name="Port">Its port.</param>
/// <param name="Id">The UUID.</param>
/// <param name="Stream">The transport; null for plain TCP.</param>
[TemplateView]
internal sealed partial record V2RayLinkView(string Tag, string Address, string Port, string Id, V2RayStreamView? Stream);

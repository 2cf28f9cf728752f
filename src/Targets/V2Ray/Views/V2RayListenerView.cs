using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.V2Ray.Views;

/// <summary>Where a portal takes bridges; every text is quoted.</summary>
/// <param name="Tag">Its tag.</param>
/// <param name="Listen">The address.</param>
/// <param name="Port">The port.</param>
/// <param name="Clients">The ids that it takes.</param>
/// <param name="Stream">The transport; null for plain TCP.</param>
[TemplateView]
internal sealed partial record V2RayListenerView(
    string Tag,
    string Listen,
    string Port,
    IReadOnlyList<V2RayClientView> Clients,
    V2RayStreamView? Stream
);

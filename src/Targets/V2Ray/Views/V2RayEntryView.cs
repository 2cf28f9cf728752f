using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.V2Ray.Views;

/// <summary>Where a portal takes what is meant for the service; every text is quoted.</summary>
/// <param name="Tag">Its tag.</param>
/// <param name="Listen">The address.</param>
/// <param name="Port">The port.</param>
[TemplateView]
internal sealed partial record V2RayEntryView(string Tag, string Listen, string Port);

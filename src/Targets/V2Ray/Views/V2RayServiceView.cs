using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.V2Ray.Views;

/// <summary>The service that a bridge forwards to; every text is quoted.</summary>
/// <param name="Tag">Its tag.</param>
/// <param name="Redirect">Its host and port.</param>
[TemplateView]
internal sealed partial record V2RayServiceView(string Tag, string Redirect);

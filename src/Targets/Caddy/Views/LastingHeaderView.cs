using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Caddy.Views;

/// <summary>A field of responses that is the same whatever becomes of the request, so that errors have it as well.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value; null where the field is removed.</param>
[TemplateView]
internal sealed partial record LastingHeaderView(string Name, string? Value);

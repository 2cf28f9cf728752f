using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Caddy.Views;

/// <summary>Rules on the fields of responses that succeed.</summary>
/// <param name="Names">Placeholders that hold names of fields; empty where the route's own responses alone come here, which
/// succeed.</param>
/// <param name="Blocks">The rules.</param>
[TemplateView]
internal sealed partial record SuccessHeadersView(IReadOnlyList<SuccessNameView> Names, IReadOnlyList<HeaderRulesView> Blocks);

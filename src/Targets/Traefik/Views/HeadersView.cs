using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Traefik.Views;

/// <summary>What fields become.</summary>
/// <param name="Request">Fields of the request.</param>
/// <param name="Response">Fields of the response.</param>
/// <param name="Cors">What other origins may; null for nothing to say.</param>
[TemplateView]
internal sealed partial record HeadersView(IReadOnlyList<FieldView> Request, IReadOnlyList<FieldView> Response, CorsView? Cors);

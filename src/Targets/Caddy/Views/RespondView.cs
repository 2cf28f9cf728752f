using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Caddy.Views;

/// <summary>A fixed answer.</summary>
/// <param name="Body">The body; null for none.</param>
/// <param name="Status">The status.</param>
/// <param name="ContentType">The Content-Type; null without a body.</param>
[TemplateView]
internal sealed partial record RespondView(string? Body, int Status, string? ContentType);

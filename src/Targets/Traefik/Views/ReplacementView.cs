using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Traefik.Views;

/// <summary>What a raw path becomes.</summary>
/// <param name="Regex">What is replaced.</param>
/// <param name="To">What it becomes.</param>
[TemplateView]
internal sealed partial record ReplacementView(string Regex, string To);

using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Traefik.Views;

/// <summary>A field with its value; an empty one removes it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
[TemplateView]
internal sealed partial record FieldView(string Name, string Value);

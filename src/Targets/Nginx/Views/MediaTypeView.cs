using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Nginx.Views;

/// <summary>A media type.</summary>
/// <param name="Type">The type, quoted.</param>
/// <param name="Suffixes">The suffixes of its files, with a space between two.</param>
[TemplateView]
internal sealed partial record MediaTypeView(string Type, string Suffixes);

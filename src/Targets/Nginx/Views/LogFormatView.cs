using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Nginx.Views;

/// <summary>A log format.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parts">The pieces of its text, quoted.</param>
[TemplateView]
internal sealed partial record LogFormatView(string Name, IReadOnlyList<string> Parts);

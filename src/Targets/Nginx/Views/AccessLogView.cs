using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Nginx.Views;

/// <summary>An access log.</summary>
/// <param name="Output">The file, quoted; null where there is to be none.</param>
/// <param name="IsJson">Whether each line is an object of JSON.</param>
[TemplateView]
internal sealed partial record AccessLogView(string? Output, bool IsJson);

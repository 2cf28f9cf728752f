using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.HAProxy.Views;

/// <summary>The access log of a listener.</summary>
/// <param name="Output"><c>stdout</c> or <c>stderr</c>.</param>
/// <param name="IsJson">Whether a line is an object, or else in the combined format.</param>
[TemplateView]
internal sealed partial record AccessLogView(string Output, bool IsJson);

using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Nginx.Views;

/// <summary>A count of requests that workers share.</summary>
/// <param name="Key">What is counted apart, a variable.</param>
/// <param name="Name">The zone's name.</param>
/// <param name="Rate">As <c>10r/s</c>.</param>
[TemplateView]
internal sealed partial record RateZoneView(string Key, string Name, string Rate);

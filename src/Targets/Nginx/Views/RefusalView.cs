using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Nginx.Views;

/// <summary>Requests that get an answer at once.</summary>
/// <param name="Purpose">What <c>nginx/purpose</c> says a comment about; null for none.</param>
/// <param name="Condition">What stands in the parentheses of <c>if</c>.</param>
/// <param name="Return">The arguments of <c>return</c>.</param>
[TemplateView]
internal sealed partial record RefusalView(string? Purpose, string Condition, string Return);

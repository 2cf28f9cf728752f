using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Nginx.Views;

/// <summary>Headers that stand together.</summary>
/// <param name="Purpose">What <c>nginx/purpose</c> says a comment about; null for none.</param>
/// <param name="Headers">The headers.</param>
[TemplateView]
internal sealed partial record HeaderGroupView(string? Purpose, IReadOnlyList<HeaderView> Headers);

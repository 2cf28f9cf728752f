using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Nginx.Views;

/// <summary>Headers that stand together.</summary>
/// <param name="Purpose">What <c>nginx/purpose</c> says a comment about; null for none.</param>
/// <param name="Headers">The headers.</param>
/// <param name="File">The constant file that holds them all, by its name below <c>confgen/</c> without its ending; null where they are
/// written out.</param>
[TemplateView]
internal sealed partial record HeaderGroupView(string? Purpose, IReadOnlyList<HeaderView> Headers, string? File = null);

using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Nginx.Views;

/// <summary>Headers that stand together, with a comment that says why they are set.</summary>
/// <param name="Comment">With its <c>#</c>; null where the headers speak for themselves.</param>
/// <param name="Headers">The headers.</param>
[TemplateView]
internal sealed partial record HeaderGroupView(string? Comment, IReadOnlyList<HeaderView> Headers);

using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Nginx.Views;

/// <summary>Sizes of nginx's hash tables; null where nginx's default will do.</summary>
[TemplateView]
internal sealed partial record HashSizesView
{
    public HashSizeView? ServerNames { get; init; }

    public HashSizeView? Maps { get; init; }

    public HashSizeView? Variables { get; init; }
}

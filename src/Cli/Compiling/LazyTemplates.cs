using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Cli.Compiling;

/// <summary>
/// Starts the template engine with the first template: most calls render none, and starting it takes longer than they do.
/// </summary>
internal sealed class LazyTemplates(Func<ITemplates> start) : ITemplates
{
    private readonly Lazy<ITemplates> _engine = new(start);

    /// <inheritdoc/>
    public string Render(string name, ITemplateView view) => _engine.Value.Render(name, view);
}

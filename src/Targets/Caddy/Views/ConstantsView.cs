using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Caddy.Views;

/// <summary>What the templates of the constant snippets see: the program, and nothing of a spec.</summary>
[TemplateView]
internal sealed partial record ConstantsView
{
    /// <summary>The program.</summary>
    public required ProgramView Program { get; init; }
}

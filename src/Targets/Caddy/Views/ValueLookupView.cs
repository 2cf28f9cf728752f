using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Caddy.Views;

/// <summary>A value that is found by a regex in what the client sent.</summary>
/// <param name="Source">The placeholder of what is searched.</param>
/// <param name="Variable">The placeholder of what is found, empty where nothing is.</param>
/// <param name="Pattern">The regex.</param>
[TemplateView]
internal sealed partial record ValueLookupView(string Source, string Variable, string Pattern)
{
    /// <summary>The group that is the value.</summary>
    public int Group { get; init; } = 1;
}

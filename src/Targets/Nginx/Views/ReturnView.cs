using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Nginx.Views;

/// <summary>A fixed response.</summary>
/// <param name="Status">The status.</param>
/// <param name="Text">The body, or where a redirect leads, quoted; null where nginx's own error of that status is meant.</param>
/// <param name="Type">The Content-Type, <c>""</c> for none; null where the inherited one holds.</param>
[TemplateView]
internal sealed partial record ReturnView(int Status, string? Text = null, string? Type = null)
{
    /// <summary>Whether a suffix of the path must not decide the Content-Type, as nginx has it even for a fixed response.</summary>
    public bool DropsTypes { get; init; }

    /// <summary>Variables that hold the pieces of a long text, each with its piece.</summary>
    public IReadOnlyList<HeaderView> Pieces { get; init; } = [];
}

using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Nginx.Views;

/// <summary>A fixed answer.</summary>
/// <param name="Arguments">The arguments of <c>return</c>.</param>
/// <param name="Type">The Content-Type, <c>""</c> for none; null where the inherited one holds.</param>
[TemplateView]
internal sealed partial record ReturnView(string Arguments, string? Type)
{
    /// <summary>Whether a suffix of the path must not decide the Content-Type, as nginx has it even for a fixed answer.</summary>
    public bool DropsTypes { get; init; }

    /// <summary>Variables that hold the pieces of a long text, each with its piece.</summary>
    public IReadOnlyList<HeaderView> Pieces { get; init; } = [];
}

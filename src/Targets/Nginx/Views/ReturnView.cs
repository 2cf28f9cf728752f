namespace Confgen.Targets.Nginx.Views;

/// <summary>A fixed answer.</summary>
/// <param name="Arguments">The arguments of <c>return</c>.</param>
/// <param name="Type">The Content-Type, <c>""</c> for none; null where the inherited one holds.</param>
internal sealed record ReturnView(string Arguments, string? Type)
{
    /// <summary>Variables that hold the pieces of a long text, each with its piece.</summary>
    public IReadOnlyList<HeaderView> Pieces { get; init; } = [];
}

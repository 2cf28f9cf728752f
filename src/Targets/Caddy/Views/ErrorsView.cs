namespace Confgen.Targets.Caddy.Views;

/// <summary>What is done where the proxy itself answers with an error.</summary>
internal sealed record ErrorsView
{
    /// <summary>The header rules of every route.</summary>
    public IReadOnlyList<HeaderRulesView> Headers { get; init; } = [];

    /// <summary>The definitions of matchers for single routes, as <c>@api vars route api</c>.</summary>
    public IReadOnlyList<string> Matchers { get; init; } = [];

    public IReadOnlyList<ErrorPageView> Pages { get; init; } = [];
}

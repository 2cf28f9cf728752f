using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Caddy.Views;

/// <summary>What is done where the proxy itself responds with an error.</summary>
[TemplateView]
internal sealed partial record ErrorsView
{
    /// <summary>The header rules of every route.</summary>
    public IReadOnlyList<HeaderRulesView> Headers { get; init; } = [];

    /// <summary>The matchers for single routes.</summary>
    public IReadOnlyList<ErrorMatcherView> Matchers { get; init; } = [];

    /// <summary>Whether servers that failed are passed over, so that the one that finds none left must be told of the failure.</summary>
    public bool HidesFailures { get; init; }

    /// <summary>The routes of which this is true, by their marks; null for all.</summary>
    public IReadOnlyList<string>? Retrying { get; init; }

    public IReadOnlyList<ErrorPageView> Pages { get; init; } = [];

    /// <summary>Whether that failure is all that is dealt with, in every route.</summary>
    public bool OnlyHidesFailures => HidesFailures && Retrying is null && Headers.Count == 0 && Matchers.Count == 0 && Pages.Count == 0;
}

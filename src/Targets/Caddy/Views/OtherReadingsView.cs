using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Caddy.Views;

/// <summary>Paths that an upstream could read as one behind other guards; every text is a quoted regex.</summary>
[TemplateView]
internal sealed partial record OtherReadingsView
{
    /// <summary>Of paths whose guards differ from those around them: what is below them, and what could be read so.</summary>
    public required IReadOnlyList<OtherReadingView> Paths { get; init; }

    /// <summary>
    /// What the regexes of the spec take, and all that could be read as one of <see cref="Paths"/>; null where there are no regexes or no
    /// such paths.
    /// </summary>
    public OtherReadingView? BehindRegexes { get; init; }

    /// <summary>What the guarded regexes of the spec take, or null.</summary>
    public string? GuardedRegexes { get; init; }
}

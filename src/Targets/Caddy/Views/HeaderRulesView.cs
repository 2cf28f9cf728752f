using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Caddy.Views;

/// <summary>A block of rules on the fields of responses.</summary>
[TemplateView]
internal sealed partial record HeaderRulesView
{
    /// <summary>The lines, as <c>X-Frame-Options DENY</c>, <c>-Server</c>, <c>+Vary Origin</c>.</summary>
    public required IReadOnlyList<string> Lines { get; init; }

    /// <summary>The matcher with a space behind it, or empty.</summary>
    public string Matcher { get; init; } = "";

    /// <summary>Whether it is for requests with a query alone.</summary>
    public bool IsConditional { get; init; }
}

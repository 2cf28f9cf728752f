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

    /// <summary>The requests that it is for; null for all.</summary>
    public PresenceView? Presence { get; init; }
}

using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Caddy.Views;

/// <summary>What is refused on every listener, whatever the site or the route.</summary>
/// <param name="Host">A regex of well-formed hosts.</param>
/// <param name="Form">Matches what may be a target at all.</param>
/// <param name="Target">Matches targets that are refused.</param>
/// <param name="Shared">Whether it stands in a snippet, to be imported.</param>
[TemplateView]
internal sealed partial record RefusalsView(string Host, string Form, string Target, bool Shared);

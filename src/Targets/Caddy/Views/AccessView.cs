using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Caddy.Views;

/// <summary>Access by the client's address: matchers of those who are refused.</summary>
/// <param name="Allow">The lines that find who is not allowed; null where everyone is.</param>
/// <param name="Deny">The line that finds who is denied; null where nobody is.</param>
/// <param name="ParsesForwarded">Whether they look at X-Forwarded-For, into which the client's address is put for them.</param>
[TemplateView]
internal sealed partial record AccessView(string? Allow, string? Deny, bool ParsesForwarded);

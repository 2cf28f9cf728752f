using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Caddy.Views;

/// <summary>HTTP basic authentication.</summary>
/// <param name="Realm">The realm.</param>
/// <param name="Users">Lines of name and hash.</param>
[TemplateView]
internal sealed partial record BasicAuthView(string Realm, IReadOnlyList<string> Users);

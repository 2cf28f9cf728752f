using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Traefik.Views;

/// <summary>Who has a password.</summary>
/// <param name="Realm">The realm.</param>
/// <param name="Users">Names and hashes.</param>
[TemplateView]
internal sealed partial record BasicAuthView(string Realm, IReadOnlyList<string> Users);

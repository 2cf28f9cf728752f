using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Caddy.Views;

/// <summary>A placeholder that holds a field's name while the upstream's status is one of success, and nothing else.</summary>
/// <param name="Variable">The placeholder, as <c>{success_1}</c>.</param>
/// <param name="Name">The name.</param>
[TemplateView]
internal sealed partial record SuccessNameView(string Variable, string Name);

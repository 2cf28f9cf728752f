using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Nginx.Views;

/// <summary>Requests that get a response at once.</summary>
/// <param name="Purpose">Which, as <c>nginx/refusal</c> and <c>nginx/purpose</c> know it.</param>
/// <param name="Subject">What is looked at, where the kind doesn't tell: a variable, a file's name.</param>
/// <param name="Name">The name or the variable that it is compared with, where it is.</param>
[TemplateView]
internal sealed partial record RefusalView(string Purpose, string? Subject = null, string? Name = null);

using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Traefik.Views;

/// <summary>A server.</summary>
/// <param name="Url">Its URL.</param>
/// <param name="Weight">Its share.</param>
[TemplateView]
internal sealed partial record ServerView(string Url, int Weight);

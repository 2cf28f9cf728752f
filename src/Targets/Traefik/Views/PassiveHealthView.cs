using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Traefik.Views;

/// <summary>Which failures count.</summary>
/// <param name="MaxFails">How many.</param>
/// <param name="FailFor">In which time, and for how long.</param>
[TemplateView]
internal sealed partial record PassiveHealthView(int MaxFails, string FailFor);

using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Apache.Views;

/// <summary>The servers of an upstream, as some routes use them.</summary>
/// <param name="Name">The balancer's name.</param>
/// <param name="Upstream">The upstream's.</param>
/// <param name="Lines">Its lines.</param>
[TemplateView]
internal sealed partial record BalancerView(string Name, string Upstream, IReadOnlyList<string> Lines);

using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Caddy.Views;

/// <summary>A snippet with an upstream, or with what there is to say of the connections to one.</summary>
[TemplateView]
internal sealed partial record UpstreamSnippetView(string Name, UpstreamView? Upstream, TransportView? Transport);

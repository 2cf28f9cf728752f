using Confgen.Compiler.Rendering.Templating;

namespace Confgen.Targets.Compose;

/// <summary>What is added to a service.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Command">The arguments of its program; empty for none.</param>
/// <param name="Labels">Its labels.</param>
[TemplateView]
internal sealed partial record ComposeServiceView(string Name, IReadOnlyList<string> Command, IReadOnlyList<ComposeLabelView> Labels);
